"""Changes one part of a knowledge file and leaves the rest as it was typed, comments and all.

A file is written for people: the order, the blank lines and the remarks in it mean something. So a
part that changes is written anew, and every other line stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import Any

import yaml

from engine.reader import Document, PathKey, read_text

_WIDE = 10_000
_FLAT, _WORD = 80, 50
"""Characters that a list of words may take on one line, and each of its words."""


class RewriteError(Exception):
    """The file isn't written so that this part can be changed by itself; the message is Dutch."""


def with_value(text: str, path: PathKey, value: Any, after: str = "") -> str:
    """Return the text with another value at a key.

    Args:
        text: the file.
        path: the key; each step before it exists.
        value: what it holds from now on: words, whole numbers, days, lists and blocks of them.
        after: the key behind which it comes if it isn't there yet.

    Raises:
        RewriteError: the key shares its line with another, or the file can't be read.
    """
    document, lines = _read(text)
    *parent, key = path
    if document.has(path):
        begin, column, end = _span(document, lines, path)
    else:
        begin, column, end = _span(document, lines, (*parent, after))
        begin = end
    written = _written({str(key): value}, column - 1)
    dash = lines[begin][: column - 1] if document.has(path) else ""
    if dash.strip():
        written[0] = dash + written[0][column - 1 :]
    return _joined([*lines[:begin], *written, *lines[end:]])


def without(text: str, path: PathKey) -> str:
    """Return the text without a key; nothing changes if it isn't there.

    Raises:
        RewriteError: the key shares its line with another, or the file can't be read.
    """
    document, lines = _read(text)
    if not document.has(path):
        return text
    begin, column, end = _span(document, lines, path)
    if lines[begin][: column - 1].strip():
        raise RewriteError(_NOT_APART)
    return _joined([*lines[:begin], *lines[end:]])


def with_item(text: str, path: PathKey, value: Any, remarks: Sequence[str] = ()) -> str:
    """Return the text with one more item at the end of a list.

    Args:
        text: the file.
        path: the list, which has an item.
        value: the item: a block with keys.
        remarks: lines to put above it.

    Raises:
        RewriteError: the list isn't written with a dash on a line for each item.
    """
    document, lines = _read(text)
    last = 0
    while document.has((*path, last + 1)):
        last += 1
    begin, column, end = _span(document, lines, (*path, last))
    dash = column - 3
    if dash < 0 or lines[begin][dash : column - 1] != "- ":
        raise RewriteError(_NOT_APART)
    said = [f"{' ' * dash}# {remark}" for remark in remarks]
    said += _written([value], dash)
    return _joined([*lines[:end], *said, *lines[end:]])


_NOT_APART = "Dit deel staat in het bestand niet op een eigen regel. Verander het in de tekst zelf."


def _read(text: str) -> tuple[Document, list[str]]:
    document = read_text(text.encode(), "")
    if document.data is None:
        raise RewriteError("De tekst is nu geen geldige YAML. Herstel eerst de fout in de tekst.")
    return document, text.splitlines()


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"


def _span(document: Document, lines: Sequence[str], path: PathKey) -> tuple[int, int, int]:
    """Return the first line of a part, its column from 1, and the line after its last.

    What is blank or a remark at the end belongs to what comes next.
    """
    line, column = document.place(path, key=True)
    after = document.next_line(path)
    if lines[line - 1][: column - 1].strip(" -") or after == line:
        raise RewriteError(_NOT_APART)
    end = len(lines) if after is None else after - 1
    while end > line and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return line - 1, column, end


class _Dumper(yaml.SafeDumper):
    """Writes as people here do: lists stand in from their key, words stand on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


def _written(value: Any, indent: int) -> list[str]:
    node = _Dumper(StringIO(), sort_keys=False).represent_data(value)
    _lay_out(node, in_list=True)
    said: str = yaml.serialize(node, Dumper=_Dumper, allow_unicode=True, width=_WIDE)
    return [" " * indent + line for line in said.splitlines()]


def _lay_out(node: yaml.Node, *, in_list: bool = False) -> bool:
    """Choose how each part stands: short lists and the bounds of a fact on one line.

    Returns:
        Whether it is a single word, number or day.
    """
    if isinstance(node, yaml.SequenceNode):
        words = [_lay_out(one, in_list=True) for one in node.value]
        flat = all(words)
        lengths = [len(one.value) + 2 for one in node.value] if flat else []
        node.flow_style = flat and sum(lengths) <= _FLAT and max(lengths, default=0) <= _WORD
        return False
    if isinstance(node, yaml.MappingNode):
        words = [_lay_out(value) for _, value in node.value]
        node.flow_style = all(words) and not in_list
        return False
    # A reference to a place in a source looks like a remark.
    if isinstance(node, yaml.ScalarNode) and node.style is None and "#" in node.value:
        node.style = '"'
    return True
