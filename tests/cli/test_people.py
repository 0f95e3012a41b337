"""``leidraad gebruiker``: roles and teams from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.decisions import Record, Role
from tests.cli.test_cli import leidraad, world

__all__ = ["world"]


def meet(world: Path, *people: tuple[str, str, str]) -> None:
    with Record.open(f"sqlite:///{world / 'data' / 'leidraad.db'}") as record:
        for person in people:
            record.people.meet(*person)


def test_nobody_yet_is_said(world: Path) -> None:
    assert leidraad(world, "gebruiker", "toon").stdout == "Er heeft zich nog niemand aangemeld.\n"


def test_a_role_is_given_and_taken(world: Path) -> None:
    meet(world, ("p-an", "An de Boer", "an@example.org"))
    for command, says in (
        (("rol-geven", "an@example.org", "jurist"), "An de Boer is nu jurist."),
        (("rol-geven", "p-an", "jurist"), "An de Boer was al jurist."),
        (("team-erbij", "p-an", "Noord"), "An de Boer zit nu in team Noord."),
        (("toon",), "p-an  An de Boer <an@example.org>: jurist; team Noord"),
        (("rol-nemen", "p-an", "jurist"), "An de Boer is niet meer jurist."),
        (("rol-nemen", "p-an", "jurist"), "An de Boer was geen jurist."),
        (("team-eruit", "p-an", "Noord"), "An de Boer zit niet meer in team Noord."),
        (("team-eruit", "p-an", "Noord"), "An de Boer zat niet in team Noord."),
    ):
        ran = leidraad(world, "gebruiker", *command)
        assert (ran.stdout, ran.stderr, ran.returncode) == (f"{says}\n", "", 0)
    shown = leidraad(world, "gebruiker", "toon", "p-an").stdout.splitlines()
    assert shown[0] == "p-an  An de Boer <an@example.org>: nog geen rol"
    assert [line.split(": ")[1].split(" door ")[0] for line in shown[1:]] == [
        "rol jurist gegeven",
        "team Noord gegeven",
        "rol jurist genomen",
        "team Noord genomen",
    ]
    with Record.open(f"sqlite:///{world / 'data' / 'leidraad.db'}") as record:
        known = record.people.find("p-an")
    assert known is not None
    assert known.roles == frozenset[Role]()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("rol-geven", "iemand@example.org", "jurist"), "Niemand met het kenmerk of e-mailadres"),
        (("rol-geven", "twee@example.org", "jurist"), "is van meer mensen"),
        (("rol-geven", "p-een", "baas"), "de waarde van ROL kan niet"),
        (("rol-geven", "p-een"), "er ontbreekt een argument: ROL"),
        (("team-erbij", "p-een", " "), "Vul een naam in"),
        (("toon", "p-weg"), "Niemand met het kenmerk of e-mailadres"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line(
    world: Path, arguments: tuple[str, ...], says: str
) -> None:
    meet(world, ("p-een", "Een", "twee@example.org"), ("p-twee", "Twee", "twee@example.org"))
    ran = leidraad(world, "gebruiker", *arguments)
    assert ran.returncode == 2
    assert says in ran.stderr
    assert "Traceback" not in ran.stderr
