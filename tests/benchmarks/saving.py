"""Measures a turn of ``watch``: ``make bench``, or ``python -m tests.benchmarks.saving``.

Prints for each kind of edit of the project's own knowledge how much processor time the median and
the slowest turn take, next to a check of everything from scratch in the same run.
"""

from __future__ import annotations

import random
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from engine import paths
from engine.design.watching import Watch
from tests.design.editing import EDITS, edit

PLACES = 5
"""Places in which each kind of edit is made, and taken back."""

TARGET = 1.0
"""Seconds that the median turn may take, whatever was edited."""


def main() -> int:
    """Print the figures; return 1 when a kind of edit takes longer than it may."""
    rng = random.Random(1)
    with TemporaryDirectory(prefix="leidraad-") as folder:
        both = Path(folder, "kennis"), Path(folder, "casussen")
        shutil.copytree(paths.knowledge_folder(), both[0])
        shutil.copytree(paths.cases_folder(), both[1])
        watch = Watch(*both)
        scratch = seconds(watch.turn)
        print(f"{'from scratch':30}{scratch:6.2f} s")
        slow = 0
        for kind in EDITS:
            taken = []
            for _ in range(PLACES):
                edited = edit(rng, kind, *both)
                if edited is None:
                    raise LookupError(kind)
                taken.append(seconds(watch.turn))
                edited[0].write_text(edited[1], encoding="utf-8")
                taken.append(seconds(watch.turn))
            median, most = sorted(taken)[len(taken) // 2], max(taken)
            slow += median > TARGET
            print(f"{kind:30}{median:6.2f} s{most:6.2f} s{scratch / median:6.0f} x as fast")
    return int(slow > 0)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of one call, which other programs hardly touch."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
