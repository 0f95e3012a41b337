"""Measures a consultation: ``make bench``, or ``python -m tests.benchmarks.consult``.

Prints median and 99th percentile over the project's own cases, next to the rule engine alone in
the same run, so that the ratio holds on any machine.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from engine import paths
from engine.case import Case
from engine.case_file import read_cases
from engine.consult import consult, prepare
from engine.explain import conclude
from engine.inference import infer
from engine.knowledge import AUTHORITY
from engine.library import Knowledge
from engine.loading import load
from ui.collector import spare

ROUNDS = 40
ALL_ROUNDS = 6
TARGETS_MS = (8.0, 25.0)
"""Median and 99th percentile of a consultation over all protocols."""

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


def measure(
    knowledge: Knowledge, cases: Sequence[Case], rounds: int
) -> dict[str, tuple[float, float]]:
    """Time the whole consultation and its two readers, in turn, over all cases."""
    times: dict[str, list[float]] = {"consult": [], "durable-rules alone": [], "evaluator": []}
    for turn in range(rounds):
        for case in cases:
            spent = one_case(knowledge, case)
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
    cases = [item.case for item in read_cases(paths.cases_folder(), knowledge)[0]]
    # As the app does: what stays is out of sight of the garbage collector.
    spare()
    everything = tuple(knowledge.protocol_titles)
    rules = sum(len(versions[-1].rules) for versions in knowledge.protocols.values())
    show("each case over its own protocols", measure(knowledge, cases, ROUNDS))
    broad = measure(knowledge, [replace(case, protocols=everything) for case in cases], ALL_ROUNDS)
    show(f"each case over all {len(everything)} protocols, {rules} rules", broad)
    load_median, load_p99 = quantiles(loading)
    print(f"{'loading the knowledge':22}{load_median:10.1f}{load_p99:10.1f}")
    print(
        f"targets: {TARGETS_MS[0]} and {TARGETS_MS[1]} ms over all protocols; {LOAD_TARGET_MS} ms"
    )
    missed = any(is_ > most for is_, most in zip(broad["consult"], TARGETS_MS, strict=True))
    return int(missed or load_median > LOAD_TARGET_MS)


def show(title: str, figures: Mapping[str, tuple[float, float]]) -> None:
    """Print one table, with each median as a ratio to that of the rule engine."""
    alone = figures["durable-rules alone"][0]
    print(title)
    print(f"{'':22}{'median ms':>10}{'p99 ms':>10}{'ratio':>8}")
    for name, (median, p99) in figures.items():
        print(f"{name:22}{median:10.3f}{p99:10.3f}{median / alone:8.2f}")


if __name__ == "__main__":
    sys.exit(main())
