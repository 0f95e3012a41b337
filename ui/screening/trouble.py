"""What goes wrong with a file of clients, told in Dutch; the file itself is never quoted whole."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from engine.caseload.run import DisagreementError
from engine.caseload.source import SourceError
from engine.diagnostics import KnowledgeError
from engine.library import NotCoveredError
from engine.reader import os_error_in_words
from ui import state

_LOG = logging.getLogger(__name__)
_MOST = 3
"""Findings about a coupling that are told at once."""


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what can go wrong with a file into a message at the top of the page."""
    try:
        yield
    except (SourceError, NotCoveredError, DisagreementError) as error:
        state.notify(str(error), "fout")
    except KnowledgeError as error:
        for one in error.diagnostics[:_MOST]:
            state.notify(f"{one.what} {one.hint}".strip(), "fout")
    except OSError as error:
        _LOG.warning("The place for temporary files fails: %s", error)
        state.notify(
            f"Leidraad kan het bestand hier niet neerzetten: {os_error_in_words(error)}. Er is "
            "niets bewaard. Meld dit aan de beheerder.",
            "fout",
        )
