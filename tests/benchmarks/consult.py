"""Measures a consultation: ``make bench``, or ``python -m tests.benchmarks.consult``.

Prints median and 99th percentile over the project's own cases, next to the rule engine alone in
the same run, so that the ratio holds on any machine.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from engine import paths
from engine.case import Case
from engine.case_file import ReadCase, read_cases
from engine.consult import consult, prepare
from engine.explain import conclude
from engine.inference import infer
from engine.knowledge import AUTHORITY
from engine.library import Knowledge
from engine.loading import load

ROUNDS = 40
TARGET_MS = 2.0
LOAD_TARGET_MS = 500.0


def milliseconds(work: Callable[[], object]) -> float:
    """Time one call."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def quantiles(times: list[float]) -> tuple[float, float]:
    """Return median and 99th percentile."""
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]


def measure(knowledge: Knowledge, cases: list[ReadCase]) -> dict[str, tuple[float, float]]:
    """Time the whole consultation and its two readers, in turn, over all cases."""
    times: dict[str, list[float]] = {"consult": [], "durable-rules alone": [], "evaluator": []}
    for turn in range(ROUNDS):
        for item in cases:
            spent = one_case(knowledge, item.case)
            if turn > 0:  # The first round builds the rulesets.
                for name, taken in spent.items():
                    times[name].append(taken)
    return {name: quantiles(taken) for name, taken in times.items()}


def one_case(knowledge: Knowledge, case: Case) -> dict[str, float]:
    """Time the consultation of one case, and its two readers by themselves."""
    on = case.reference_date
    program, compiled = prepare(knowledge, case.protocols, case.authority, on)
    facts = {**case.known, AUTHORITY: program.authority.kind.value}
    return {
        "consult": milliseconds(lambda: consult(knowledge, case)),
        "durable-rules alone": milliseconds(lambda: infer(compiled, facts, on)),
        "evaluator": milliseconds(lambda: conclude(program, facts, on)),
    }


def main() -> int:
    """Print the figures; return 1 when a target is missed."""
    loading = [milliseconds(lambda: load(paths.knowledge_folder())) for _ in range(10)]
    knowledge = load(paths.knowledge_folder())
    cases, _ = read_cases(paths.cases_folder(), knowledge)
    figures = measure(knowledge, cases)
    alone = figures["durable-rules alone"][0]
    print(f"{len(cases)} cases, {ROUNDS - 1} rounds")
    print(f"{'':22}{'median ms':>10}{'p99 ms':>10}{'ratio':>8}")
    for name, (median, p99) in figures.items():
        print(f"{name:22}{median:10.3f}{p99:10.3f}{median / alone:8.2f}")
    load_median, load_p99 = quantiles(loading)
    print(f"{'loading the knowledge':22}{load_median:10.1f}{load_p99:10.1f}")
    missed = figures["consult"][0] > TARGET_MS or load_median > LOAD_TARGET_MS
    print(f"targets: consult {TARGET_MS} ms median, loading {LOAD_TARGET_MS:.0f} ms")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
