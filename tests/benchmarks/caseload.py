"""Measures whole caseloads: ``make bench``, or ``python -m tests.benchmarks.caseload [FILES ...]``.

Everything in one run, side by side, so that the ratios hold on any machine. Times are of the whole
work from a Parquet file on, each in a process of its own, with the most memory it took. By default
25,000 and 1,400,000 files.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import polars as pl

from engine import paths
from engine.case import Case
from engine.case_file import read_cases
from engine.caseload.columns import FILE
from engine.caseload.generate import caseload_schema, generate, write_generated
from engine.caseload.results import written
from engine.caseload.run import embedded, embedded_file, screen
from engine.caseload.translate import translate
from engine.consult import consult
from engine.library import Knowledge
from engine.loading import load
from engine.program import Program, build_program
from engine.tree import facts_that_decided
from tests.benchmarks.by_hand import FACTS, PROTOCOL, Kleene, in_numpy, in_polars

TODAY = date(2026, 11, 22)
SIZES = (25_000, 1_400_000)
ALONE = 100
"""Files that are consulted one by one; more would take hours."""

ROUNDS = 5
TARGET_SECONDS, TARGET_MB, TARGET_RATIO = 15.0, 2_000.0, 2.0


class Spent(NamedTuple):
    """What a piece of work took."""

    seconds: float
    megabytes: float


@cache
def knowledge() -> Knowledge:
    """The real rules."""
    return load(paths.knowledge_folder())


def program(*protocols: str) -> Program:
    """These protocols, or all of them."""
    asked = protocols or knowledge().protocols_on(TODAY)
    return build_program(knowledge(), asked, "uwv", TODAY)


def statuses(path: Path) -> None:
    """Work out every status."""
    for _ in screen(program(), embedded_file(path), TODAY):
        pass


def statuses_written(path: Path) -> None:
    """The same, written to a file."""
    run = screen(program(), embedded_file(path), TODAY)
    for _ in written(run, statuses=path.with_name("statussen.parquet")):
        pass


def with_grounds(path: Path) -> None:
    """Work out every status, what decided and what is missing, by two readers."""
    for _ in screen(program(), embedded_file(path), TODAY, grounds=True):
        pass


def spent(work: Callable[[Path], None], path: Path) -> Spent:
    """Do a piece of work in a process of its own, after the rules were read."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_timed, work, path).result()


def _timed(work: Callable[[Path], None], path: Path) -> Spent:
    knowledge()
    begun = time.perf_counter()
    work(path)
    seconds = time.perf_counter() - begun
    # Kilobytes, but bytes on macOS.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Spent(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)


def alone(path: Path) -> float:
    """Consult files one by one, with the same results; return the seconds for one."""
    rows = pl.scan_parquet(path).head(ALONE).collect().to_dicts()
    consult(knowledge(), _case(rows[0]))  # The first one builds the rulesets.
    begun = time.perf_counter()
    for row in rows:
        found = consult(knowledge(), _case(row))
        for advice in found.advices:
            facts_that_decided(advice, found, knowledge())
    return (time.perf_counter() - begun) / len(rows)


def _case(row: dict[str, object]) -> Case:
    known = {name: value for name, value in row.items() if value is not None}
    answers = {name: known[name] for name in known if name in knowledge().facts}
    return Case(str(row[FILE]), TODAY, "uwv", knowledge().protocols_on(TODAY), answers)  # type: ignore[arg-type]


def by_hand(path: Path) -> dict[str, float]:
    """Time the truths of one protocol three ways, the table in memory; the best of a few rounds."""
    files = pl.read_parquet(path, columns=[FILE, *FACTS])
    rules = [bound.rule.id for bound in program(PROTOCOL).asked_rules()]

    found = translate(program(PROTOCOL), embedded(files), TODAY, derivations=rules)
    truths = {rule: found.table[found.values[rule]] for rule in rules}
    table = found.table.select(FILE, **truths)
    # Translating takes as long for one file as for a million: it counts in the whole runs.
    translated: pl.LazyFrame = table.get_backend().compile(table)
    ways: dict[str, Callable[[], object]] = {
        "translated": translated.collect,
        "Polars by hand": lambda: in_polars(files),
        "NumPy by hand": lambda: in_numpy(files),
    }
    _hold_to_each_other(translated.collect(), in_polars(files), in_numpy(files))
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            times[name].append(time.perf_counter() - begun)
    return {name: min(taken) for name, taken in times.items()}


def _hold_to_each_other(
    ours: pl.DataFrame, theirs: pl.DataFrame, numbers: dict[str, Kleene]
) -> None:
    """Make sure that what is compared is the same work."""
    for rule, truth in numbers.items():
        if not ours[rule].equals(theirs[rule]):
            raise AssertionError(f"{rule}: by hand in Polars something else comes out")
        known = ours[rule].fill_null(False).to_numpy(), (~ours[rule]).fill_null(False).to_numpy()
        if not all(np.array_equal(one, other) for one, other in zip(known, truth, strict=True)):
            raise AssertionError(f"{rule}: by hand in NumPy something else comes out")


def main(sizes: Sequence[int]) -> int:
    """Print the figures; return 1 when a target is missed."""
    missed = False
    with TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.parquet"
            cases = [item.case for item in read_cases(paths.cases_folder(), knowledge())[0]]
            made = generate(knowledge(), cases, size, on=TODAY)
            write_generated(path, made, caseload_schema(knowledge()))
            missed |= report(path, size)
            path.unlink()
    print(
        f"targets at {SIZES[-1]:,} files: every status in {TARGET_SECONDS:.0f} s and "
        f"{TARGET_MB:,.0f} MB; truths within {TARGET_RATIO:.0f} times Polars by hand"
    )
    return int(missed)


def report(path: Path, size: int) -> bool:
    """Print the figures for one caseload; return whether a target is missed."""
    rules = sum(1 for _ in program().asked_rules())
    print(f"\n{size:,} files, {len(program().protocols)} protocols, {rules} rules")
    print(f"{'':34}{'seconds':>10}{'MB':>8}{'ratio':>10}")
    one = alone(path)
    whole = {
        "every status": spent(statuses, path),
        "every status, written as Parquet": spent(statuses_written, path),
        "every status with its grounds": spent(with_grounds, path),
    }
    first = whole["every status"]
    for name, (seconds, megabytes) in whole.items():
        print(f"{name:34}{seconds:10.2f}{megabytes:8.0f}{seconds / first.seconds:10.2f}")
    label, everyone = f"one by one, from {ALONE}", one * size
    print(f"{label:34}{everyone:10.0f}{'':8}{everyone / first.seconds:10.0f}")
    times = by_hand(path)
    ours, theirs = times["translated"], times["Polars by hand"]
    print(f"{PROTOCOL}, truths alone")
    for name, seconds in times.items():
        print(f"{name:34}{seconds:10.3f}{'':8}{seconds / theirs:10.2f}")
    slow = first.seconds > TARGET_SECONDS or first.megabytes > TARGET_MB
    return slow or (size >= SIZES[-1] and ours > TARGET_RATIO * theirs)


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or SIZES))
