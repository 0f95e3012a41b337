"""A fictional client who shows what a finding says: in Dutch, and as a case that can be saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from engine.canonical import digest
from engine.case import Case, facts_of
from engine.consult import consult
from engine.diagnostics import Diagnostic
from engine.knowledge import TITLE_LENGTH
from engine.library import Knowledge
from engine.wording import date_in_words, say_fact
from engine.words import Status

_SCHEMA = "# yaml-language-server: $schema=../../knowledge/schema/casus.schema.json\n"
_STORY_LENGTH = 2000
"""Characters that the story of a case in a file may have."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A client that nobody knows, with as few known facts as can be.

    Attributes:
        case: what is known of the client.
        shows: what there is to see in this client, one Dutch sentence.
    """

    case: Case
    shows: str


def in_words(witness: Witness, knowledge: Knowledge) -> list[str]:
    """Tell who the client is, one line for each thing that is known."""
    case = witness.case
    who = knowledge.authority(case.authority).label
    known = [say_fact(name, value, knowledge.lexicon) for name, value in case.known.items()]
    rest = "Verder is niets bekend." if known else "Er is niets bekend."
    opening = f"Verzonnen cliënt bij {who}, {date_in_words(case.reference_date)}."
    return [f"{opening} {witness.shows}", *(f"- {said}" for said in known), rest]


def witness_yaml(witness: Witness, knowledge: Knowledge, finding: Diagnostic) -> tuple[str, str]:
    """Write the client as a case that expects what the protocols say now.

    Args:
        witness: the client.
        knowledge: what the case is consulted with.
        finding: what the client shows.

    Returns:
        The id of the case, and the text of the file.

    Raises:
        BoundsError: the knowledge is more than the rule engine can carry.
    """
    case = witness.case
    statuses = {one.rule.id: one.status for one in consult(knowledge, case).advices}
    mark = digest({"file": finding.file, "line": finding.line, "what": finding.what})
    name = f"getuige-{finding.code}-{mark[:8]}"
    story = f"Verzonnen door de controle van de kennis. {finding.what} {witness.shows}"
    title = f"Getuige bij de melding {finding.code}"
    return name, write_case(case, name, title, story, statuses, (finding.hint,))


def write_case(
    case: Case,
    name: str,
    title: str,
    story: str,
    statuses: Mapping[str, Status],
    remarks: Iterable[str],
    rest: Status = Status.DOES_NOT_HOLD,
) -> str:
    """Write a case with its expectations, as ``cases/*/*.yaml`` has them.

    Args:
        case: what is known.
        name: the id of the case.
        title: how users know it; cut off where it is too long.
        story: what is the matter, in a few sentences; cut off where it is too long.
        statuses: what is expected of each rule.
        remarks: lines to put above it.
        rest: the status of the rules that are not listed.
    """
    expected: dict[str, Any] = {
        status.value: rules
        for status in Status
        if status is not rest
        and (rules := [rule for rule, found in statuses.items() if found is status])
    }
    expected["overig"] = rest.value
    written = {
        "casus": name,
        "titel": _shortened(title, TITLE_LENGTH),
        "verhaal": _shortened(story, _STORY_LENGTH),
        "peildatum": case.reference_date,
        "instantie": case.authority,
        "protocollen": list(case.protocols),
        "feiten": facts_of(case),
        "verwacht": expected,
    }
    said = yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=100)
    # A remark ends with its line: what a label says after that would be read as part of the case.
    above = [f"# {' '.join(remark.split())}".rstrip() for remark in remarks]
    return _SCHEMA + "".join(f"{line}\n" for line in above) + said


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
