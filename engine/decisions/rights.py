"""Who may do what in which case: the whole matrix, as data.

``docs/rechten.md`` shows the same to users; a test tries every cell of it for real.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from engine.decisions.people import Actor, Login, Role
from engine.words import Decider


class Tie(Enum):
    """What a case is to someone."""

    EXAMPLE = "example"
    OWN = "own"
    SHARED = "shared"
    OTHER = "other"


class Act(Enum):
    """What someone can want to do in a case."""

    READ = "read"
    NOTE = "note"
    DISCLOSE = "disclose"
    ANSWER = "answer"
    DECIDE = "decide"
    DECIDE_AS_MANAGER = "decide_as_manager"
    DECIDE_AS_LAWYER = "decide_as_lawyer"
    REVIEW = "review"
    CORRECT = "correct"
    JUDGE = "judge"
    SHARE = "share"
    RETENTION = "retention"
    ERASE = "erase"


_Ties = frozenset[Tie]
_NONE: _Ties = frozenset()
_TRY: _Ties = frozenset({Tie.EXAMPLE})
_KNOWN: _Ties = frozenset({Tie.EXAMPLE, Tie.OWN, Tie.SHARED})
_ANY: _Ties = frozenset(Tie)
_REAL: _Ties = _ANY - _TRY

OPEN_A_CASE = frozenset({Role.PROFESSIONAL})
"""Who begins a case."""

PREPARE_A_MEETING = frozenset({Role.FACILITATOR})
"""Who makes a case that they may read ready for a group; whoever does so leads the meeting."""

JOIN_A_MEETING = frozenset(Role) - {Role.ADMINISTRATOR}
"""Who takes part in a meeting, with its code."""

SEE_PROPOSALS = frozenset({Role.DESIGNER})
"""Who sees what groups propose about rules, with the case as a test."""

SEE_AGREEMENT = frozenset({Role.FACILITATOR, Role.MANAGER, Role.DESIGNER})
"""Who sees how much groups agree: who leads groups or a team, or writes the rules."""

DESIGN = frozenset({Role.DESIGNER})
"""Who changes a protocol in the workshop; a change there is a proposal, and counts for nobody."""

SCREEN = frozenset({Role.MANAGER})
"""Who has the rules looked at for all clients in a file at once."""

TRY_SCREENING = SCREEN | {Role.LAWYER}
"""Who sees how that goes, with a file that was made up."""

_PRO, _FAC, _DES = Role.PROFESSIONAL, Role.FACILITATOR, Role.DESIGNER
_MAN, _LAW, _ADM = Role.MANAGER, Role.LAWYER, Role.ADMINISTRATOR

MATRIX: Mapping[Act, Mapping[Role, frozenset[Tie]]] = {
    Act.READ: {_PRO: _KNOWN, _FAC: _KNOWN, _DES: _KNOWN, _MAN: _ANY, _LAW: _ANY, _ADM: _ANY},
    Act.NOTE: {_PRO: _KNOWN, _FAC: _KNOWN, _DES: _KNOWN, _MAN: _ANY, _LAW: _ANY, _ADM: _KNOWN},
    # Whoever answers a client that asks what is kept: who works with them, or who is asked for it.
    Act.DISCLOSE: {_PRO: _KNOWN, _FAC: _TRY, _DES: _TRY, _MAN: _TRY, _LAW: _ANY, _ADM: _ANY},
    Act.ANSWER: {_PRO: _KNOWN, _FAC: _TRY, _DES: _TRY, _MAN: _TRY, _LAW: _TRY, _ADM: _TRY},
    Act.DECIDE: {_PRO: _KNOWN, _FAC: _TRY, _DES: _TRY, _MAN: _TRY, _LAW: _TRY, _ADM: _TRY},
    # A professional writes down what a manager or lawyer decided, as the contract has it.
    Act.DECIDE_AS_MANAGER: {
        _PRO: _KNOWN,
        _FAC: _TRY,
        _DES: _TRY,
        _MAN: _KNOWN,
        _LAW: _TRY,
        _ADM: _TRY,
    },
    Act.DECIDE_AS_LAWYER: {
        _PRO: _KNOWN,
        _FAC: _TRY,
        _DES: _TRY,
        _MAN: _TRY,
        _LAW: _KNOWN,
        _ADM: _TRY,
    },
    Act.REVIEW: {_PRO: _KNOWN, _FAC: _TRY, _DES: _TRY, _MAN: _TRY, _LAW: _TRY, _ADM: _TRY},
    # Who can record a decision in a case can also say what is wrong in it.
    Act.CORRECT: {_PRO: _KNOWN, _FAC: _TRY, _DES: _TRY, _MAN: _KNOWN, _LAW: _KNOWN, _ADM: _TRY},
    Act.JUDGE: {_PRO: _KNOWN, _FAC: _KNOWN, _DES: _KNOWN, _MAN: _KNOWN, _LAW: _KNOWN, _ADM: _TRY},
    # An example is everyone's already.
    Act.SHARE: {
        _PRO: frozenset({Tie.OWN}),
        _FAC: _NONE,
        _DES: _NONE,
        _MAN: _REAL,
        _LAW: _NONE,
        _ADM: _NONE,
    },
    # An example is about nobody: it is neither due nor erased.
    Act.RETENTION: {
        _PRO: _NONE,
        _FAC: _NONE,
        _DES: _NONE,
        _MAN: _NONE,
        _LAW: _REAL,
        _ADM: _REAL,
    },
    Act.ERASE: {_PRO: _NONE, _FAC: _NONE, _DES: _NONE, _MAN: _NONE, _LAW: _NONE, _ADM: _REAL},
}


DECIDING: Mapping[Decider, Act] = {
    Decider.PROFESSIONAL: Act.DECIDE,
    Decider.MANAGER: Act.DECIDE_AS_MANAGER,
    Decider.LAWYER: Act.DECIDE_AS_LAWYER,
}
"""What it takes to record a deviation that someone in this capacity decided."""


def may(actor: Actor, act: Act, tie: Tie) -> bool:
    """Say whether someone may do this in a case that is this to them."""
    return any(tie in MATRIX[act][role] for role in actor.roles)


def may_somewhere(actor: Actor, act: Act) -> bool:
    """Say whether there can be a case in which someone may do this."""
    return any(MATRIX[act][role] for role in actor.roles)


def may_open(actor: Actor) -> bool:
    """Say whether someone may begin a case."""
    return bool(actor.roles & OPEN_A_CASE)


def may_prepare(actor: Actor) -> bool:
    """Say whether someone may make a case ready for a group."""
    return bool(actor.roles & PREPARE_A_MEETING)


def may_join(actor: Actor) -> bool:
    """Say whether someone may take part in a meeting."""
    return actor.login is Login.GUEST or bool(actor.roles & JOIN_A_MEETING)


def may_see_proposals(actor: Actor) -> bool:
    """Say whether someone may see what groups propose about rules."""
    return bool(actor.roles & SEE_PROPOSALS)


def may_see_agreement(actor: Actor) -> bool:
    """Say whether someone may see how much groups agree."""
    return bool(actor.roles & SEE_AGREEMENT)


def may_design(actor: Actor) -> bool:
    """Say whether someone may work on a next version of a protocol."""
    return bool(actor.roles & DESIGN)


def may_screen(actor: Actor) -> bool:
    """Say whether someone may have a whole file of clients looked at."""
    return bool(actor.roles & SCREEN)


def may_try_screening(actor: Actor) -> bool:
    """Say whether someone may see how that goes, with a file that was made up."""
    return bool(actor.roles & TRY_SCREENING)
