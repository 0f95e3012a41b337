"""The JSON Schemas are those of the models, and say what the reader says."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from engine import paths
from engine.key_words import KEYS, WORDS
from engine.loading import load
from engine.schema import FILE_KINDS, as_text, schemas
from engine.words import Word
from tests.docs.markdown import blocks, page

KNOWLEDGE = paths.knowledge_folder()
FILES = sorted(
    path for folder in (KNOWLEDGE, paths.cases_folder()) for path in folder.rglob("*.yaml")
)


def modeline(path: Path) -> Path:
    """The schema that the first line of a file points an editor to."""
    first = path.read_text(encoding="utf-8").split("\n")[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix), f"{path} has no modeline"
    return (path.parent / first.removeprefix(prefix)).resolve()


@cache
def validator(schema: Path) -> Draft202012Validator:
    """What holds files to a schema that is itself sound."""
    content = json.loads(schema.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(content)
    return Draft202012Validator(content)


def enums(part: Any) -> list[dict[str, Any]]:
    """Every list of words that a value can be one of, at any depth."""
    if isinstance(part, list):
        return [found for item in part for found in enums(item)]
    if not isinstance(part, dict):
        return []
    own = [part] if isinstance(part.get("enum"), list) else []
    return own + [found for value in part.values() for found in enums(value)]


def plain(path: Path) -> Any:
    """A file as an editor sees it: dates are text."""
    loader: Any = type("TextDates", (yaml.SafeLoader,), {"yaml_implicit_resolvers": {}})
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items():
        loader.yaml_implicit_resolvers[first] = [
            (tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")
        ]
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a SafeLoader


def test_the_stored_schemas_are_current() -> None:
    current = schemas(load(KNOWLEDGE))
    stored = {path.name.split(".")[0]: path for path in (KNOWLEDGE / "schema").glob("*.json")}
    assert set(stored) == set(current) == set(FILE_KINDS)
    for kind, path in stored.items():
        assert path.read_text(encoding="utf-8") == as_text(current[kind]), "run make schema"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_fits_the_schema_that_its_modeline_names(path: Path) -> None:
    errors = [error.message for error in validator(modeline(path)).iter_errors(plain(path))]
    assert errors == []


@pytest.mark.parametrize(
    "condition",
    [
        {"bestaat_niet": "ja"},
        {"uitkering": "bestaat_niet"},
        {"opleiding_duur": {"meerdan": 3}},
        {"alle": []},
        {"alle": [{"bestaat_niet": "ja"}]},
        {"minstens": 2},
    ],
)
def test_an_editor_refuses_what_the_reader_refuses(condition: dict[str, Any]) -> None:
    schema = schemas(load(KNOWLEDGE))["protocol"]
    part = {"$ref": "#/$defs/Voorwaarde", "$defs": schema["$defs"]}
    assert not Draft202012Validator(part).is_valid(condition)


def models(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The file itself and every model in it, by name; not the condition."""
    return {"": schema} | {k: v for k, v in schema["$defs"].items() if k != "Voorwaarde"}


def test_every_key_and_every_word_says_what_it_means() -> None:
    for kind, schema in schemas(load(KNOWLEDGE)).items():
        for name, model in models(schema).items():
            for key, part in model["properties"].items():
                described = part["description"]
                assert described.endswith((".", "'")), f"{kind} {name}.{key}: {described!r}"
        for part in enums(schema):
            if "Voorwaarde" not in json.dumps(part) and "enumDescriptions" in part:
                assert len(part["enumDescriptions"]) == len(part["enum"])
                assert all(part["enumDescriptions"])


def test_every_closed_list_in_a_file_is_explained_word_by_word() -> None:
    for word, meanings in WORDS.items():
        assert list(meanings) == [member.value for member in word]
    used = {tuple(part["enum"]) for s in schemas(load(KNOWLEDGE)).values() for part in enums(s)}
    lists = {tuple(member.value for member in word): word for word in Word.__subclasses__()}
    assert {lists[found] for found in used if found in lists} == set(WORDS)


def test_no_meaning_of_a_key_is_left_over() -> None:
    used = set[str]()
    for kind, schema in schemas(load(KNOWLEDGE)).items():
        for name, model in models(schema).items():
            used |= {f"{name or kind}.{key}" for key in model["properties"]} | {
                *model["properties"]
            }
    assert set(KEYS) <= used


def test_an_editor_offers_actions_and_grounds_with_what_they_mean() -> None:
    knowledge = load(KNOWLEDGE)
    found = schemas(knowledge)["protocol"]["$defs"]
    actions = found["Advice"]["properties"]["handeling"]
    assert dict(zip(actions["enum"], actions["enumDescriptions"], strict=True)) == {
        name: action.title for name, action in knowledge.actions.items()
    }
    grounds = found["DeviationContract"]["properties"]["gronden"]["items"]
    assert set(grounds["enum"]) == set(knowledge.grounds)


def test_a_rule_and_a_notion_are_helped_with_their_conditions() -> None:
    found = schemas(load(KNOWLEDGE))
    here = [found["protocol"]["$defs"]["Rule"], found["begrippen"]["$defs"]["NotionRow"]]
    assert {part["properties"]["als"]["$ref"] for part in here} == {"#/$defs/Voorwaarde"}
    assert "#/$defs/Voorwaarde" in json.dumps(found["begrippen"]["$defs"]["Notion"])


def test_a_default_is_written_as_a_designer_types_it() -> None:
    for kind, schema in schemas(load(KNOWLEDGE)).items():
        for name, model in models(schema).items():
            for key, part in model["properties"].items():
                assert not isinstance(part.get("default"), bool), f"{kind} {name}.{key}"


def test_the_settings_on_the_page_point_every_file_to_its_schema() -> None:
    """What the page tells a designer to put in VS Code, tried on the real files."""
    (settings,) = (block for block in blocks(page("kennisformaat.md")) if block.info == "json")
    root = KNOWLEDGE.parent
    for schema, pattern in json.loads(settings.text)["yaml.schemas"].items():
        if schema.endswith("/koppeling.schema.json"):
            continue  # Those are the users' own, about files of their own.
        mine = [path for path in FILES if path.relative_to(root).match(pattern)]
        assert mine, f"{pattern} is no file"
        assert {modeline(path) for path in mine} == {(root / schema).resolve()}
    assert len(json.loads(settings.text)["yaml.schemas"]) == len(FILE_KINDS)


def test_designers_read_no_english_in_the_schema() -> None:
    for schema in schemas(load(KNOWLEDGE)).values():
        text = json.dumps(schema).lower()
        assert " the " not in text
        assert "pydantic" not in text
