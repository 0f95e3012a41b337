"""Whatever a designer does to a rule, the checks say nothing of it that isn't so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.conditions import Value
from engine.consult import consult
from engine.design.checks import check
from engine.design.workbench import Finding
from engine.diagnostics import Diagnostic, KnowledgeError
from engine.explain import conclude
from engine.knowledge import AUTHORITY
from engine.library import Knowledge, NotCoveredError
from engine.loading import assemble
from engine.productions import BoundsError
from engine.program import Program, build_program
from engine.reader import read_text
from engine.words import Status
from tests.counts import examples
from tests.design.corpus import LIMITS, NOTIONS, PROTOCOL
from tests.design.world import edited, is_case

SWAPS = (
    ("alle:", "een_van:"),
    ("een_van:", "alle:"),
    ("een_van:", "geen_van:"),
    (": ja\n", ": nee\n"),
    ("meer_dan:", "hoogstens:"),
    ("hoogstens:", "meer_dan:"),
    ("hoogstens_oud:", "ouder_dan:"),
    ("[kort, lang]", "heel_lang"),
    ("[zorg, techniek]", "horeca"),
    ("heel_lang\n", "lang\n"),
    ("kansrijk: ja\n", "richting: {niet: zorg}\n"),
    ("gemotiveerd: ja\n", "kosten: {meer_dan: kosten_grens}\n"),
    ("        - kansrijk: ja\n", ""),
    ("    uitzondering_op: [proef.inzetten]\n", ""),
    ("richting: doen", "richting: niet_doen"),
    ("waarde: 24,", "waarde: 6,"),
    ("waarde: 12,", "waarde: 119,"),
    ("waarde: geen,", "waarde: 0,"),
)
"""What a slip of the pen can change: what it takes the place of, and what it makes of it."""

CLIENTS = 150
DAYS = (date(2026, 1, 1), date(2026, 6, 1))
MUTATED = settings(
    max_examples=examples(full=300, quick=20),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@st.composite
def mutated(draw: st.DrawFn) -> Knowledge:
    """The knowledge after one to four slips."""
    texts = {name: text for name, text in edited(()).items() if not is_case(name)}
    for _ in range(draw(st.integers(1, 4))):
        old, new = draw(st.sampled_from(SWAPS))
        name = draw(st.sampled_from((PROTOCOL, NOTIONS, LIMITS)))
        there = texts[name].split(old)
        assume(len(there) > 1)
        place = draw(st.integers(1, len(there) - 1))
        texts[name] = old.join(there[:place]) + new + old.join(there[place:])
    try:
        return assemble([read_text(text.encode(), name) for name, text in texts.items()])
    except KnowledgeError:
        assume(False)
        raise


@pytest.mark.timeout(1_200)
@MUTATED
@given(mutated(), st.integers(0, 2**32 - 1))
def test_what_the_checks_say_is_so(knowledge: Knowledge, seed: int) -> None:
    found = check(knowledge, [])
    for finding in found:
        if finding.witness is not None:
            _holds_up(knowledge, finding)
    random = Random(seed)
    for day in DAYS:
        for authority in ("uwv", "proefdorp"):
            try:
                program = build_program(knowledge, ("proef",), authority, day)
            except NotCoveredError:
                continue
            for _ in range(CLIENTS):
                facts = _client(random, day) | {AUTHORITY: program.authority.kind.value}
                values = {name: one.value for name, one in conclude(program, facts, day).items()}
                assert not any(contradicted(one.diagnostic, values, program) for one in found)


def contradicted(found: Diagnostic, values: Mapping[str, str | None], program: Program) -> bool:
    """Whether a client is what a finding says that nobody is."""
    match found.code:
        case "regel-nooit":
            return any(
                values[name] == "ja" and f"De regel {name!r}" in found.what
                for name in program.rules
            )
        case "regel-vervalt-altijd":
            return any(
                values[program.effect(name)] == "ja" and f"de regel {name!r} geldt" in found.what
                for name in program.rules
            )
        case "begrip-vast":
            return any(
                f"Het begrip {name!r} is bij niemand {value}." in found.what
                for name, value in values.items()
            )
        case _:
            return False


def _holds_up(knowledge: Knowledge, finding: Finding) -> None:
    """Whether the client of a finding is as the finding says."""
    assert finding.witness is not None
    try:
        consultation = consult(knowledge, finding.witness.case)
    except BoundsError:
        return
    match finding.diagnostic.code:
        case "advies-tegenstrijdig":
            what = finding.diagnostic.what
            assert any(repr(rule) in what for one in consultation.conflicts for rule in one.do)
        case "tabel-overlap":
            assert consultation.withheld
        case "regel-vervalt-altijd":
            statuses = {one.rule.id: one.status for one in consultation.advices}
            assert Status.DEFEATED in statuses.values()
        case _:
            assert not consultation.withheld


def _client(random: Random, day: date) -> dict[str, Value]:
    """Someone of whom much is known, near the limits."""
    answers: dict[str, Value] = {
        "gemotiveerd": random.choice(("ja", "nee")),
        "richting": random.choice(("zorg", "techniek", "horeca")),
        "duur": random.choice((1, 6, 7, 12, 13, 24, 25, 119, 120)),
        "kosten": random.choice((0, 1, 2500, 2501, 3000, 3001)),
        "laatste_cursus": day - timedelta(days=random.choice((0, 180, 181, 182, 183, 184, 400))),
    }
    return {name: value for name, value in answers.items() if random.random() < 0.9}


def test_every_swap_can_be_made() -> None:
    texts = "".join(edited(())[name] for name in (PROTOCOL, NOTIONS, LIMITS))
    assert [old for old, _ in SWAPS if old not in texts] == []
