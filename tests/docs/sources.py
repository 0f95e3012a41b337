"""Collects from the source code what the pages must name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.docs.markdown import ROOT

CODE_AT = {"report": 1, "_find": 2, "Diagnostic": 3}
"""Which argument of a call is the code of a finding."""

_VARIABLE = re.compile(r"\bLEIDRAAD_[A-Z]+(?:_[A-Z]+)*\b")


def finding_codes() -> set[str]:
    """Every code that a finding of the engine can have."""
    found = set[str]()
    for path in sorted((ROOT / "engine").rglob("*.py")):
        found |= codes_in(path.read_text(encoding="utf-8"), path.name)
    return found


def codes_in(source: str, name: str) -> set[str]:
    """The codes in one module; a code that can't be read off fails the test."""
    module = ast.parse(source)
    found = set[str]()
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef):
            continue
        parameters = {argument.arg for argument in function.args.args}
        for call in ast.walk(function):
            code = _code_argument(call)
            if isinstance(code, ast.Name) and code.id in parameters:
                continue  # handed on; the callers are looked at
            if code is not None:
                values = set(_texts(code, function, module))
                assert values, f"{name}:{code.lineno}: which codes can this be?"
                found |= values
    return found


def _code_argument(call: ast.AST) -> ast.expr | None:
    if not isinstance(call, ast.Call):
        return None
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    for keyword in call.keywords:
        if name in CODE_AT and keyword.arg == "code":
            return keyword.value
    place = CODE_AT.get(name)
    if place is None:
        return None
    # ``*place`` stands for line and column.
    before = [part for argument in call.args for part in (argument,) * (1 + _is_starred(argument))]
    return before[place] if len(before) > place else None


def _is_starred(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Starred)


def _texts(value: ast.expr, function: ast.FunctionDef, module: ast.Module) -> Iterator[str]:
    """The texts that an expression can be, as far as a reader can see."""
    match value:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp(body=first, orelse=second):
            yield from _texts(first, function, module)
            yield from _texts(second, function, module)
        case ast.Name(id=name):
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and any(
                    isinstance(target, ast.Name) and target.id == name for target in node.targets
                ):
                    yield from _texts(node.value, function, module)
                if isinstance(node, ast.For):
                    yield from _looped(node, name, module)


def _looped(loop: ast.For, name: str, module: ast.Module) -> Iterator[str]:
    """The texts that a name gets in a loop over a table at the top of the module."""
    if not (isinstance(loop.target, ast.Tuple) and isinstance(loop.iter, ast.Name)):
        return
    places = [getattr(part, "id", "") for part in loop.target.elts]
    for node in module.body:
        if (
            name in places
            and isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Tuple)
            and any(getattr(target, "id", "") == loop.iter.id for target in node.targets)
        ):
            for row in node.value.elts:
                assert isinstance(row, ast.Tuple)
                code = row.elts[places.index(name)]
                assert isinstance(code, ast.Constant)
                yield str(code.value)


def json_keys() -> set[str]:
    """The keys that ``raadpleeg --json`` writes, those of the receipt included."""
    found = set[str]()
    for name in ("report.py", "consult.py"):
        module = ast.parse((ROOT / "engine" / name).read_text(encoding="utf-8"))
        for function in ast.walk(module):
            if isinstance(function, ast.FunctionDef) and function.name in (
                "as_json",
                "_reason_json",
            ):
                found |= {
                    str(key.value)
                    for node in ast.walk(function)
                    if isinstance(node, ast.Dict)
                    for key in node.keys
                    if isinstance(key, ast.Constant)
                }
    return found


def variables() -> set[str]:
    """The environment variables of Leidraad that the code, the tests and make know."""
    files = [ROOT / "Makefile", ROOT / "app.py", *_tree("engine"), *_tree("ui"), *_tree("tests")]
    return {
        name
        for path in files
        if path.parent != Path(__file__).parent
        for name in _VARIABLE.findall(path.read_text(encoding="utf-8"))
    }


def _tree(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))
