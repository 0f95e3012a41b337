"""Lets Python's garbage collector pass over what stays."""

from __future__ import annotations

import gc

YOUNG = 50_000
"""New objects before the collector looks at them.

One consultation over all protocols makes thousands; at the usual 700 the collector came by in the
middle of it, which took the slowest one in a hundred from 9 to 22 ms. Streamlit collects
everything at the end of every run anyhow.
"""


def spare() -> None:
    """Keep everything that is loaded now out of later collections, and collect less often.

    What is frozen is still freed when nothing refers to it any more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
