"""What to ask first: what a caseload waits for, as consultations one by one say it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case import Case
from engine.caseload.figures.blocking import Blocking
from engine.caseload.run import Screened, embedded, screen
from engine.consult import consult
from engine.questions import EXPERTS
from tests.caseload.figures.small import PROTOCOLS, TODAY, program, small
from tests.caseload.world import knowledge
from tests.counts import examples


@settings(max_examples=examples(full=60, quick=5), deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0, 1, 12]), st.sampled_from([0.0, 0.7, 0.95]))
def test_it_is_what_consultations_wait_for(seed: int, size: int, known: float) -> None:
    asked = program()
    made = small(seed, asked, size, known)
    blocking = Blocking(knowledge())
    for batch in screen(asked, embedded(made.frame), TODAY, grounds=True):
        blocking.add(batch)
    found = blocking.blocked()
    files: Counter[str] = Counter()
    advices: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    alone_in_files: Counter[str] = Counter()
    waiting = 0
    for row in made.rows:
        facts = {name: value for name, value in made.facts(row).items() if name != "instantie"}
        told = consult(knowledge(), Case(row["dossier"], TODAY, "uwv", PROTOCOLS, facts))
        open_ones = [advice.missing for advice in told.advices if advice.missing]
        together = {name for missing in open_ones for name in missing}
        waiting += bool(together)
        files.update(together)
        advices.update(name for missing in open_ones for name in missing)
        alone.update(missing[0] for missing in open_ones if len(missing) == 1)
        alone_in_files.update(together if len(together) == 1 else ())
    assert (found.files, found.waiting) == (size, waiting)
    assert {one.fact.id for one in found.facts} == set(files)
    for one in found.facts:
        name = one.fact.id
        assert one.files == files[name]
        assert one.advices == advices[name]
        assert one.settles_advices == alone[name]
        assert one.settles_files == alone_in_files[name]
        assert one.expert == EXPERTS.issuperset(one.fact.respondents)


def test_what_only_an_expert_can_say_comes_last() -> None:
    asked = program(*sorted(knowledge().protocols))
    blocking = Blocking(knowledge())
    for batch in screen(asked, embedded(small(1, asked, 40, 0.5).frame), TODAY, grounds=True):
        blocking.add(batch)
    experts = [one.expert for one in blocking.blocked().facts]
    assert True in experts
    assert experts == sorted(experts)


def test_only_the_rules_that_were_asked_for_count() -> None:
    asked = program(PROTOCOLS[0])
    blocking = Blocking(knowledge(), rules=[])
    for batch in screen(asked, embedded(small(1, asked, 20, 0.3).frame), TODAY, grounds=True):
        blocking.add(batch)
    assert blocking.blocked().files == 20
    assert blocking.blocked().waiting == 0
    assert blocking.blocked().facts == ()


def test_a_run_without_grounds_is_refused() -> None:
    asked = program(PROTOCOLS[0])
    (batch,) = screen(asked, embedded(small(1, asked, 2).frame), TODAY)
    assert isinstance(batch, Screened)
    with pytest.raises(ValueError, match="grounds"):
        Blocking(knowledge()).add(batch)
