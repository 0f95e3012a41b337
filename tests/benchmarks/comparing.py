"""Measures ``vergelijk``: ``make bench``, or ``python -m tests.benchmarks.comparing``.

One threshold of the project's own knowledge gets another value. Prints the seconds of processor
time, next to those of a comparison that leaves nothing out, so that the ratio holds on any machine.
"""

from __future__ import annotations

import sys
from datetime import datetime
from time import process_time

from engine import paths
from engine.consequences import Version, document, work_out
from engine.library import Knowledge
from engine.loading import assemble, load
from engine.prose import LOCAL
from engine.reader import read_text
from tests.consequences.sparing import nothing_spared
from tests.engine.worlds import TODAY

FILE, WAS, BECOMES = "parameters/scholing.yaml", b"waarde: 12\n", b"waarde: 13\n"
TARGET = 8.0
"""Seconds that a comparison may take."""


def edited(knowledge: Knowledge) -> Knowledge:
    """Give the first threshold of a file another value."""
    assert WAS in knowledge.contents[FILE]
    files = {**knowledge.contents, FILE: knowledge.contents[FILE].replace(WAS, BECOMES, 1)}
    return assemble([read_text(content, name) for name, content in files.items()])


def seconds() -> float:
    """Time one comparison, with reading and the report; nothing is known of an earlier one."""
    begun = process_time()
    old = load(paths.knowledge_folder())
    found = work_out(
        Version("oud", old), Version("nieuw", edited(old)), paths.cases_folder(), TODAY
    )
    document(found, datetime.now(LOCAL))
    return process_time() - begun


def main() -> int:
    """Print the figures; return 1 when it takes longer than it may."""
    taken = seconds()
    with nothing_spared():
        in_full = seconds()
    print(f"{'comparing two versions':26}{taken:10.1f} s")
    print(f"{'the same in full':26}{in_full:10.1f} s{in_full / taken:10.1f} times as long")
    return int(taken > TARGET)


if __name__ == "__main__":
    sys.exit(main())
