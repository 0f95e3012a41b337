"""JSON Schema for every kind of file, made from the models, so that an editor can help.

The names of facts and notions are filled in from the knowledge: an editor then completes them
inside a condition, with their options. It completes actions and grounds too, and says of every
key and word what it means.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from inspect import cleandoc
from pathlib import Path
from typing import Any

from engine.case import DISPUTED, UNKNOWN
from engine.case_file import CaseFile
from engine.condition_syntax import AGE_WORDS, DATE_WORDS, NUMBER_WORDS, Term
from engine.coupling import Coupling
from engine.key_words import WORDS, key_meaning
from engine.knowledge import (
    AUTHORITY,
    CONDITION_SCHEMA,
    Model,
    Protocol,
)
from engine.knowledge_files import (
    ActionFile,
    FactFile,
    GroundFile,
    NotionFile,
    ParameterFile,
    SourceFile,
)
from engine.library import Knowledge, term_of
from engine.scripts import ScriptFile
from engine.self_scan import SelfScan
from engine.words import FactKind

FILE_KINDS: Mapping[str, type[Model]] = {
    "feiten": FactFile,
    "begrippen": NotionFile,
    "parameters": ParameterFile,
    "bronnen": SourceFile,
    "handelingen": ActionFile,
    "afwijkgronden": GroundFile,
    "protocol": Protocol,
    "casus": CaseFile,
    "zelfanalyse": SelfScan,
    "intervisie": ScriptFile,
    "koppeling": Coupling,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATE = {"type": "string", "format": "date"}
_WORDS = {tuple(meanings): (word, meanings) for word, meanings in WORDS.items()}
_DOCSTRINGS = {cleandoc(word.__doc__ or "") for word in WORDS}


def schemas(knowledge: Knowledge) -> dict[str, dict[str, Any]]:
    """Return the schema of every kind of file, by the name of the kind."""
    return {kind: _schema(kind, model, knowledge) for kind, model in FILE_KINDS.items()}


def write_schemas(knowledge: Knowledge, folder: Path) -> list[Path]:
    """Write the schemas as ``<kind>.schema.json``; return the files that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for kind, schema in schemas(knowledge).items():
        path = folder / f"{kind}.schema.json"
        text = as_text(schema)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def as_text(schema: Mapping[str, Any]) -> str:
    """Write a schema the one way that it is stored."""
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _schema(kind: str, model: type[Model], knowledge: Knowledge) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True)
    definitions = schema.setdefault("$defs", {})
    terms = {
        name: (term_of(fact), fact.question)
        for name, fact in knowledge.facts.items()
        if fact.kind is not FactKind.TEXT
    } | {
        name: (term_of(bound.notion), bound.notion.because)
        for name, bound in knowledge.notions.items()
    }
    if kind in ("protocol", "begrippen"):
        definitions["Voorwaarde"] = _condition(terms, sorted(knowledge.parameters))
    if kind == "casus":
        answers = {name: _answer(knowledge, name) for name in knowledge.facts if name != AUTHORITY}
        schema["properties"]["feiten"] |= {"properties": answers, "additionalProperties": False}
        schema["properties"]["instantie"] |= _named(
            {name: who.label for name, who in sorted(knowledge.authorities.items())}
        )
    if kind == "koppeling":
        questions = {name: fact.question for name, fact in knowledge.facts.items()}
        del questions[AUTHORITY]
        fact = definitions["CoupledColumn"]["properties"]["feit"]
        fact["anyOf"] = [_named(questions), {"type": "null"}]
    if kind == "protocol":
        actions = {name: knowledge.actions[name].title for name in sorted(knowledge.actions)}
        grounds = {name: knowledge.grounds[name].label for name in sorted(knowledge.grounds)}
        definitions["Advice"]["properties"]["handeling"] |= _named(actions)
        definitions["DeviationContract"]["properties"]["gronden"]["items"] |= _named(grounds)
    dutch: dict[str, Any] = _in_dutch(schema)
    for name, model_schema in {kind: dutch, **dutch["$defs"]}.items():
        if name != "Voorwaarde":
            _describe(name, model_schema)
    return {"$schema": _DIALECT, "title": f"Leidraad: {kind}"} | dutch


def _named(meanings: Mapping[str, str]) -> dict[str, Any]:
    """Offer words to choose from; what each means stands beside it in most editors."""
    return {"enum": list(meanings), "enumDescriptions": list(meanings.values())}


def _describe(model: str, schema: dict[str, Any]) -> None:
    """Say of every key of a model what it means, and of every word that it can be."""
    for key, part in schema.get("properties", {}).items():
        said = part.setdefault("description", key_meaning(model, key))
        words = next((found for found in _enums(part) if tuple(found["enum"]) in _WORDS), None)
        if words is not None:
            _, meanings = _WORDS[tuple(words["enum"])]
            words |= _named(meanings)
            choices = "; ".join(f"{word} ({meaning})" for word, meaning in meanings.items())
            part["description"] = f"{said} Kies uit: {choices}."


def _enums(part: Any) -> Iterator[dict[str, Any]]:
    """Yield every list of words that a value can be one of."""
    if isinstance(part, dict):
        if "enum" in part:
            yield part
        for value in part.values():
            yield from _enums(value)
    elif isinstance(part, list):
        for item in part:
            yield from _enums(item)


def _in_dutch(part: Any) -> Any:
    """Point to what a condition may be, and drop what pydantic says in English."""
    if isinstance(part, dict):
        if part | {"title": ""} == CONDITION_SCHEMA | {"title": ""}:
            return {"$ref": "#/$defs/Voorwaarde"}
        is_english = "properties" in part or part.get("description") in _DOCSTRINGS
        dropped = {"title", "description"} if is_english else {"title"}
        return {
            key: _yes_no(value) if key == "default" else _in_dutch(value)
            for key, value in part.items()
            if key not in dropped or not isinstance(value, str)
        }
    return [_in_dutch(item) for item in part] if isinstance(part, list) else part


def _yes_no(default: Any) -> Any:
    """Write a default as it would be typed; an editor fills it in."""
    return {True: "ja", False: "nee"}[default] if isinstance(default, bool) else default


def _condition(terms: Mapping[str, tuple[Term, str]], parameters: list[str]) -> dict[str, Any]:
    """Describe a condition: a group, a count, or a question with what is asked of its answer."""
    self = {"$ref": "#/$defs/Voorwaarde"}
    several = {"type": "array", "items": self, "minItems": 1}
    properties: dict[str, Any] = {
        "alle": several | {"description": "Al deze voorwaarden zijn waar."},
        "een_van": several | {"description": "Minstens een van deze voorwaarden is waar."},
        "geen_van": several | {"description": "Geen van deze voorwaarden is waar."},
        "minstens": {"type": "integer", "minimum": 1, "description": "Samen met 'van'."},
        "van": several | {"description": "De voorwaarden waarvan er 'minstens' zoveel waar zijn."},
    }
    for name, (term, description) in terms.items():
        properties[name] = _leaf(term, parameters) | {"description": description}
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 2,
        "dependentRequired": {"minstens": ["van"], "van": ["minstens"]},
    }


def _leaf(term: Term, parameters: list[str]) -> dict[str, Any]:
    """Describe what can be asked of one answer."""
    if term.kind in (FactKind.YES_NO, FactKind.CHOICE):
        one = {"enum": list(term.options)}
        many = {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
        return {"anyOf": [*many["anyOf"], _one_word({"niet": many})]}
    bound = {"anyOf": [{"type": "integer"}, {"enum": parameters}]}
    if term.kind is FactKind.NUMBER:
        span = {"type": "array", "items": bound, "minItems": 2, "maxItems": 2}
        words = dict.fromkeys(NUMBER_WORDS, bound) | {"tussen": span}
        return {"anyOf": [{"type": "integer"}, _one_word(words)]}
    ages: dict[str, Any] = {word: {"type": "string"} for word in AGE_WORDS}
    return _one_word(ages | dict.fromkeys(DATE_WORDS, _DATE))


def _one_word(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }


def _answer(knowledge: Knowledge, name: str) -> dict[str, Any]:
    """Describe the answers that a case may give to one question."""
    fact = knowledge.facts[name]
    plain: dict[str, Any]
    match fact.kind:
        case FactKind.YES_NO:
            plain = {"enum": ["ja", "nee"]}
        case FactKind.CHOICE:
            plain = {"enum": [option.id for option in fact.options]}
        case FactKind.NUMBER:
            plain = {"type": "integer", "minimum": fact.minimum, "maximum": fact.maximum}
        case FactKind.DATE:
            plain = _DATE
        case FactKind.TEXT:
            plain = {"type": "string"}
    parties = {"type": "object", "additionalProperties": plain, "minProperties": 2}
    return {
        "description": fact.question,
        "anyOf": [plain, {"enum": [UNKNOWN, DISPUTED]}, _one_word({DISPUTED: parties})],
    }
