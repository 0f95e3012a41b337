"""Other processes for a test, that begin empty as those of colleagues do."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from unittest import mock


@contextmanager
def processes(count: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of new processes."""
    # A new process begins with the main module of this one, and a test of the app that ran before
    # left the app there: then the process would begin with a page, and end.
    with (
        mock.patch.dict(sys.modules, __main__=sys.modules[__name__]),
        ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as pool,
    ):
        yield pool
