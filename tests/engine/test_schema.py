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
from engine.loading import load
from engine.schema import FILE_KINDS, as_text, schemas

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


def test_designers_read_no_english_in_the_schema() -> None:
    for schema in schemas(load(KNOWLEDGE)).values():
        text = json.dumps(schema).lower()
        assert " the " not in text
        assert "pydantic" not in text
