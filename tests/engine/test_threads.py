"""Many people at once: no wrong result, and memory that stays where it is."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from engine import paths
from engine.case_file import ReadCase, read_cases
from engine.consult import consult
from engine.library import Knowledge
from engine.loading import load
from engine.words import Status
from tests.counts import examples

THREADS = 8
GROWTH = 20_000_000
"""Bytes that resident memory may grow by."""


@pytest.mark.timeout(900)
def test_eight_threads_get_right_answers_and_leave_nothing_behind() -> None:
    knowledge = load(paths.knowledge_folder())
    cases, _ = read_cases(paths.cases_folder(), knowledge)
    each = examples(full=16_000, quick=2_400) // THREADS
    for case in cases:  # Warm up: build every ruleset, fill caches.
        consult(knowledge, case.case)
    gc.collect()
    before = psutil.Process().memory_info().rss
    with ThreadPoolExecutor(THREADS) as pool:
        wrong = list(pool.map(lambda number: run(knowledge, cases, number, each), range(THREADS)))
    gc.collect()
    assert wrong == [0] * THREADS
    assert psutil.Process().memory_info().rss - before < GROWTH


def run(knowledge: Knowledge, cases: list[ReadCase], start: int, times: int) -> int:
    """Consult cases in an order of one's own; return how often the outcome was not as expected."""
    wrong = 0
    for turn in range(times):
        case = cases[(start * 13 + turn * 7) % len(cases)]
        found = consult(knowledge, case.case)
        statuses: dict[str, Status] = {item.rule.id: item.status for item in found.advices}
        wrong += statuses != case.expected or bool(found.withheld)
    return wrong


def test_the_first_use_may_come_from_many_threads_at_once() -> None:
    """A fresh knowledge base has fresh programs: building them races with using them."""
    knowledge = load(paths.knowledge_folder())
    cases, _ = read_cases(paths.cases_folder(), knowledge)
    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(lambda number: run(knowledge, cases, number, 5), range(THREADS))) == 0
