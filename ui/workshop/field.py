"""The text of a file in one window, beside what is typed in another: nothing goes unseen.

A person can have the workshop open in two windows, with one draft. Each window knows which text of
the draft it last had. What is typed goes into the draft only if that is still the draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff

import streamlit as st

from ui import service
from ui.workshop.desk import Desk
from ui.workshop.editor import typed


@dataclass(slots=True)
class _Had:
    """What this window last had of the draft.

    Attributes:
        text: the same in the window and in the draft.
        turn: goes up when the field begins with another text.
    """

    text: str
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """The field for one file in this window.

    Attributes:
        desk: what the file is part of.
        slot: which file.
        name: of the field, without the turn.
    """

    desk: Desk
    slot: str
    name: str

    @property
    def _had(self) -> _Had:
        had: _Had = st.session_state.setdefault(f"{self.name}_had", _Had(self.desk.text(self.slot)))
        return had

    @property
    def key(self) -> str:
        """The key of the field; another one for a text that takes the place of what was typed."""
        return f"{self.name}_{self._had.turn}"

    @property
    def text(self) -> str:
        """What stands in the field."""
        now = typed(self.key)
        return self._had.text if now is None else now

    @property
    def is_apart(self) -> bool:
        """Whether both this window and another one changed the text."""
        return self.desk.text(self.slot) not in (self._had.text, self.text) and self._is_typed

    @property
    def _is_typed(self) -> bool:
        return self.text != self._had.text

    def receive(self) -> None:
        """Put what was typed here in the draft, or take over what the draft became elsewhere."""
        if self.is_apart:
            return
        if self._is_typed:
            self.keep()
        elif self.desk.text(self.slot) != self._had.text:
            self.take()

    def keep(self) -> None:
        """Go on with the text of this window."""
        text = self.text
        self.desk.note(self.slot, text)
        self._had.text = text

    def take(self) -> None:
        """Go on with the text of the draft."""
        self._had.text = self.desk.text(self.slot)
        self._had.turn += 1


def choose_text(field: Field) -> None:
    """Let someone choose which of two texts goes on, with the difference."""
    st.warning(
        "**Deze tekst is ook in een ander venster veranderd.** Wat u hier typte, is nog niet "
        "bewaard. Kies met welke tekst u verder wilt; de andere gaat weg.",
        icon=":material/sync_problem:",
    )
    lines = unified_diff(
        field.desk.text(field.slot).splitlines(),
        field.text.splitlines(),
        "het andere venster",
        "dit venster",
        lineterm="",
        n=1,
    )
    st.code("\n".join(lines), language=None, wrap_lines=True)
    with st.container(horizontal=True, key="werkplaats_twee_vensters"):
        st.button(
            "Ga verder met dit venster",
            key="werkplaats_venster_dit",
            on_click=_go_on,
            args=(field, True),
        )
        st.button(
            "Neem het andere venster over",
            key="werkplaats_venster_ander",
            on_click=_go_on,
            args=(field, False),
        )


@service.guarded()
def _go_on(field: Field, here: bool) -> None:
    if here:
        field.keep()
    else:
        field.take()
