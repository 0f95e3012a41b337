"""Events about who a case is for: it was shared, or someone else looked into it."""

from __future__ import annotations

from typing import ClassVar

from engine.decisions.base import Frozen
from engine.decisions.people import PartyKind, Role


class CaseShared(Frozen):
    """From now on the case is shared with a person or a team.

    Attributes:
        name: the id of the person, or the name of the team.
    """

    kind: ClassVar[str] = "case_shared"
    form: ClassVar[int] = 1

    party: PartyKind
    name: str


class SharingEnded(Frozen):
    """From now on the case is no longer shared with a person or a team.

    Attributes:
        name: the id of the person, or the name of the team.
    """

    kind: ClassVar[str] = "sharing_ended"
    form: ClassVar[int] = 1

    party: PartyKind
    name: str


class CaseRead(Frozen):
    """Someone read a case that is not theirs and was not shared with them.

    Attributes:
        roles: the roles that they had then.
    """

    kind: ClassVar[str] = "case_read"
    form: ClassVar[int] = 1

    roles: tuple[Role, ...]
