"""Writes the parts of the accountability pages that follow from the knowledge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from engine.knowledge import Protocol
from engine.library import Knowledge
from engine.loading import load
from tests.docs.markdown import DOCS, ROOT, page, rows, section

OVERVIEW = "verantwoording.md"
PAGES = DOCS / "verantwoording"
LEFT_OUT = "Wat er niet in staat, en waarom"
IN_THE_PRODUCT = "Wat in Leidraad zelf zit"

SIZES = {
    "AWB": 18, "SCH": 28, "SAN": 34, "UWV": 18, "MED": 24,
    "PRV": 10, "INS": 30, "ALG": 10, "RES": 8,
}  # fmt: skip
"""How many statements each topic of the domain dossier has."""

STATEMENTS = [
    f"{topic}-{number:02}" for topic, size in SIZES.items() for number in range(1, size + 1)
]
_STATEMENT = re.compile(r"\b([A-Z]{3}-\d\d)(?: tot en met ([A-Z]{3}-\d\d))?")


@cache
def known() -> Knowledge:
    """The knowledge of the product."""
    return load(ROOT / "knowledge")


def protocols() -> list[Protocol]:
    """The latest version of each protocol, in the order of the work."""
    newest = {name: versions[-1].protocol for name, versions in known().protocols.items()}
    return [newest[name] for name in known().protocol_titles]


def mentioned(text: str) -> Iterator[str]:
    """Every statement that a text names, a range spelled out."""
    for first, last in _STATEMENT.findall(text):
        start = STATEMENTS.index(first) if first in STATEMENTS else -1
        if start < 0:
            yield first
        else:
            yield from STATEMENTS[start : STATEMENTS.index(last or first) + 1]


def rules_table(protocol: Protocol) -> str:
    """One row for each rule: what it advises, on what, and what it is an exception to."""
    lines = [
        "| regel | onderwerp | advies | norm | zekerheid | stellingen | uitzondering op |",
        "|---|---|---|---|---|---|---|",
    ]
    for rule in protocol.rules:
        own = f"{protocol.id}."
        cells = (
            f"`{rule.id.removeprefix(own)}`",
            rule.title,
            f"{rule.advice.action} ({rule.advice.direction.replace('_', ' ')})",
            rule.norm,
            rule.certainty,
            ", ".join(rule.statements) or "-",
            ", ".join(f"`{other.removeprefix(own)}`" for other in rule.exception_to) or "-",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def protocols_table() -> str:
    """One row for each protocol, with the page that accounts for it."""
    lines = ["| protocol | regels | geldt vanaf | verantwoording |", "|---|---|---|---|"]
    lines += [
        f"| {item.title} | {len(item.rules)} | {item.valid_from} "
        f"| [{item.id}](verantwoording/{item.id}.md) |"
        for item in protocols()
    ]
    return "\n".join(lines)


def encoded() -> dict[str, list[str]]:
    """Where each statement stands in the knowledge."""
    found: dict[str, list[str]] = {}
    for where, statements in _places():
        for statement in statements:
            found.setdefault(statement, []).append(where)
    return found


def _places() -> Iterator[tuple[str, Iterable[str]]]:
    """Everything in the knowledge that names statements, the rules first."""
    for protocol in protocols():
        for rule in protocol.rules:
            yield f"`{rule.id}`", rule.statements
    for name, bound in known().notions.items():
        yield f"begrip `{name}`", bound.notion.statements
    for name, fact in known().facts.items():
        yield f"feit `{name}`", fact.statements
    own = [item for values in known().overrides.values() for item in values.items()]
    shared = [(name, item.values) for name, item in known().parameters.items()]
    for name, values in [*shared, *own]:
        statements = {statement for value in values for statement in value.statements}
        yield f"grens `{name}`", sorted(statements)
    for name, action in known().actions.items():
        yield f"handeling `{name}`", action.statements


def in_the_product() -> dict[str, str]:
    """What Leidraad does with a statement outside the knowledge."""
    return _reasons(page(OVERVIEW), IN_THE_PRODUCT)


def left_out() -> dict[str, str]:
    """Why a statement isn't encoded, from the page of the protocol that leaves it out."""
    found: dict[str, str] = {}
    for path in sorted(PAGES.glob("*.md")):
        for statement in _reasons(path.read_text(encoding="utf-8"), LEFT_OUT):
            found.setdefault(statement, f"[{path.stem}](verantwoording/{path.name})")
    return found


def _reasons(text: str, heading: str) -> dict[str, str]:
    """The rows under a heading, by the statements that they name first."""
    table = [row for row in rows(section(text, heading)) if len(row) == 2]
    return {statement: reason for what, reason in table for statement in mentioned(what)}


def statements_table() -> str:
    """One row for each statement of the dossier: where it went, or why not."""
    places, product, absent = encoded(), in_the_product(), left_out()
    lines = ["| stelling | waar |", "|---|---|"]
    for statement in STATEMENTS:
        where = list(dict.fromkeys(places.get(statement, ())))
        parts = ["; ".join(where)] if where else []
        if statement in product:
            parts.append(f"in Leidraad zelf: {product[statement]}")
        if not parts:
            parts.append(f"niet opgenomen, zie {absent.get(statement, '?')}")
        lines.append(f"| {statement} | {'. '.join(parts)} |")
    return "\n".join(lines)


def count_line() -> str:
    """How many statements are used, and how."""
    places, product = set(encoded()), set(in_the_product())
    extra = len(product - places)
    rest = len(STATEMENTS) - len(places) - extra
    return (
        f"Van de {len(STATEMENTS)} stellingen staan er {len(places)} in de kennis. "
        f"Nog {extra} zitten alleen in Leidraad zelf. {rest} zijn niet opgenomen."
    )


def filled(text: str, mark: str, content: str) -> str:
    """Put generated text between its two marks."""
    start, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->"
    assert text.count(start) == text.count(end) == 1, f"the marks for {mark!r} are missing"
    head, tail = text.split(start)
    return f"{head}{start}{content}\n{end}{tail.split(end, 1)[1]}"


def expected_overview() -> str:
    """The overview as it should read."""
    text = filled(page(OVERVIEW), "protocollen", protocols_table())
    text = filled(text, "telling", count_line())
    return filled(text, "stellingen", statements_table())


def expected_page(protocol: Protocol) -> str:
    """The page of one protocol as it should read."""
    return filled(page(f"verantwoording/{protocol.id}.md"), "regels", rules_table(protocol))
