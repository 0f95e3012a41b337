"""From a read document to a model, or to Dutch findings at the right line and column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.diagnostics import closest
from engine.knowledge import FORMS
from engine.reader import MAX_FINDINGS, Document, PathKey

M = TypeVar("M", bound=BaseModel)

_EXPECTED = {
    "string_type": "tekst",
    "int_type": "een heel getal",
    "bool_type": "ja of nee",
    "date_type": "een datum (jjjj-mm-dd)",
    "model_type": "een blok met sleutels",
    "model_attributes_type": "een blok met sleutels",
    "dict_type": "een blok met sleutels",
    "tuple_type": "een lijst",
    "list_type": "een lijst",
    "none_required": "niets",
}


def build(document: Document, model: type[M]) -> M | None:
    """Make the model from the document's data; report every reason why that fails.

    Returns:
        The model, or ``None`` when the document has findings (old or new).
    """
    if document.data is None:
        return None
    result: M | None = None
    try:
        result = model.model_validate(document.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        for detail in details[:MAX_FINDINGS]:
            _report(document, model, detail)
        if len(details) > MAX_FINDINGS:
            what = f"Er zijn nog {len(details) - MAX_FINDINGS} bevindingen in dit bestand."
            document.report((), "bestand-te-veel", what, "Los eerst deze op.")
    return None if document.findings else result


def _report(document: Document, model: type[BaseModel], detail: ErrorDetails) -> None:
    """Turn one pydantic error into a finding, unless the value was already found broken."""
    path = _real_path(document.data, detail["loc"])
    kind, value = detail["type"], detail["input"]
    # Pydantic calls a list too short when its items are wrong; those have findings of their own.
    if document.is_broken(path) or (kind == "too_short" and value):
        return
    context = detail.get("ctx", {})
    if kind == "missing":
        what = f"De sleutel {str(detail['loc'][-1])!r} ontbreekt."
        document.report(path[:-1], "sleutel-ontbreekt", what, "Voeg hem toe.", key=True)
    elif kind == "extra_forbidden":
        allowed = _allowed_keys(model, document.data, path[:-1])
        what = f"De sleutel {str(path[-1])!r} bestaat hier niet."
        hint = "Mogelijk zijn: " + ", ".join(sorted(allowed)) + "." if allowed else ""
        document.report(
            path, "sleutel-onbekend", what, hint, closest(str(path[-1]), allowed), key=True
        )
    elif kind == "enum":
        words = [part.strip(" '") for part in str(context["expected"]).split(",")]
        words = [word.strip(" '") for part in words for word in part.split(" or ")]
        what = f"{value!r} kan hier niet."
        hint = "Kies uit: " + ", ".join(words) + "."
        document.report(path, "waarde-onbekend", what, hint, closest(str(value), words))
    elif kind in _EXPECTED:
        hint = _type_hint(kind, value)
        document.report(path, "waarde-soort", f"Hier hoort {_EXPECTED[kind]}.", hint)
    else:
        document.report(path, "waarde-onjuist", _other(kind, value, context, detail["msg"]))


def _type_hint(kind: str, value: object) -> str:
    """Say how YAML came to read another type than was meant."""
    if kind not in ("string_type", "int_type", "date_type"):
        return ""
    if isinstance(value, date):
        return "YAML leest dit als datum; zet er aanhalingstekens om als het tekst is."
    if isinstance(value, int):
        return "YAML leest dit als getal; zet er aanhalingstekens om als het tekst is."
    if isinstance(value, str):
        return "Haal de aanhalingstekens weg als u een getal of datum bedoelt."
    return ""


def _other(kind: str, value: object, context: Mapping[str, Any], message: str) -> str:
    """Say in Dutch which bound or pattern a value broke."""
    match kind:
        case "string_pattern_mismatch":
            form = FORMS.get(str(context["pattern"]), context["pattern"])
            return f"{value!r} heeft niet de juiste vorm: {form}."
        case "string_too_short" | "too_short":
            return "Dit mag niet leeg zijn."
        case "string_too_long":
            return f"Deze tekst is te lang: hoogstens {context['max_length']} tekens."
        case "greater_than_equal":
            return f"{value} is te klein: minstens {context['ge']}."
        case "less_than_equal":
            return f"{value} is te groot: hoogstens {context['le']}."
        case "value_error":
            return str(context["error"])
        case _:
            return f"{value!r} kan hier niet ({message})."


def _real_path(data: Any, location: tuple[int | str, ...]) -> PathKey:
    """Drop the parts of a pydantic location that are names of types, not steps in the data."""
    path: list[int | str] = []
    for index, step in enumerate(location):
        known = (isinstance(data, dict) and step in data) or (
            isinstance(data, tuple) and isinstance(step, int) and step < len(data)
        )
        if known:
            data = data[step]
            path.append(step)
        elif index == len(location) - 1 and isinstance(data, dict):
            path.append(step)
    return tuple(path)


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def _allowed_keys(model: type[BaseModel], data: Any, path: PathKey) -> list[str]:
    """List the keys that the model knows at a place in the document."""
    schema = _schema(model)
    here = schema
    for step in path:
        here = _deref(schema, here)
        here = here.get("items", {}) if isinstance(step, int) else here["properties"].get(step, {})
    return list(_deref(schema, here).get("properties", ()))


def _deref(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference, also inside an optional part."""
    for choice in part.get("anyOf", ()):
        if "$ref" in choice or choice.get("type") in ("object", "array"):
            part = choice
            break
    if "$ref" in part:
        found: dict[str, Any] = schema["$defs"].get(part["$ref"].rsplit("/", 1)[-1], {})
        return found
    return part
