"""What is asked of the solver, and what is said when it finds no answer in time.

Apart from :mod:`engine.design.clients`, that asks it: loading z3 takes longer than most commands,
and most commands ask nothing.
"""

from __future__ import annotations

from typing import Any, NamedTuple

SECONDS = 2.0
"""How long one question to the solver may take; the real knowledge needs a few milliseconds."""


class UndecidedError(Exception):
    """The time for a question was up before there was an answer: neither yes nor no."""


class Claim(NamedTuple):
    """Something that can be so of a client.

    Attributes:
        formula: the same for the solver.
        facts: the questions that it can depend on.
    """

    formula: Any
    facts: frozenset[str]
