"""Measures the checks of the workshop: ``make bench``, or ``python -m tests.benchmarks.checks``.

Prints how long each check of the project's own knowledge takes, and ``controleer`` as a whole.
"""

from __future__ import annotations

import sys
from functools import partial

from engine import paths
from engine.case_file import read_cases
from engine.design.checks import CHECKS
from engine.design.claims import SECONDS
from engine.design.compilation import uncompilable
from engine.design.workbench import Check, Workbench
from engine.library import Knowledge
from engine.loading import load
from tests.benchmarks.consult import milliseconds

TARGET_MS = 10_000.0
"""What all of it may take together."""


def main() -> int:
    """Print the figures; return 1 when it takes longer than it may."""
    knowledge = load(paths.knowledge_folder())
    cases, _ = read_cases(paths.cases_folder(), knowledge)
    taken = {
        "reading the knowledge": milliseconds(partial(load, paths.knowledge_folder())),
        "reading the cases": milliseconds(partial(read_cases, paths.cases_folder(), knowledge)),
        "trying every version": milliseconds(partial(tried, knowledge)),
    }
    bench = Workbench(knowledge, cases, SECONDS)
    for one in CHECKS:
        taken[one.__name__] = milliseconds(partial(run, one, bench))
    for name, time in taken.items():
        print(f"{name:26}{time:10.0f} ms")
    print(f"{'all':26}{sum(taken.values()):10.0f} ms")
    return int(sum(taken.values()) > TARGET_MS)


def tried(knowledge: Knowledge) -> None:
    """Try every version of every protocol."""
    list(uncompilable(knowledge))


def run(check: Check, bench: Workbench) -> None:
    """Run one check; the first pays for laying out the clients."""
    list(check(bench))


if __name__ == "__main__":
    sys.exit(main())
