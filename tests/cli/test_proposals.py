"""What groups propose about rules, on the command line: to read, and as a test that can be run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from engine.case import Case
from engine.decisions import (
    Access,
    Actor,
    Record,
    ReviewedText,
    Role,
    Step,
    TextChoice,
)
from engine.loading import load
from engine.words import Direction, Ruling, Stage, Status, Sureness
from tests.app.helpers import replace
from tests.cli.test_cli import leidraad, world

__all__ = ["world"]
RULE = "proef.te-duur"
WHY = "De kosten wegen hier niet op.\x1b[31m Dat vond de groep."
VIEW = "Ik vind van wel."
MINORITY = "Andere mening, in eigen woorden"
REASON = "Zo komt de cliënt het snelst vooruit."
NEVER = "tussen: [90000, 99999]"


def discussed(world: Path, monkeypatch: pytest.MonkeyPatch, ruling: Ruling = Ruling.CHANGE) -> Path:
    """Have a group come to a verdict in the record of a folder; return where its test belongs."""
    monkeypatch.delenv("LEIDRAAD_DATABASE_URL", raising=False)
    monkeypatch.setenv("LEIDRAAD_DATA", str(world / "data"))
    knowledge = load(world / "kennis")
    case = Case("c-een", date(2026, 11, 22), "uwv", ("proef",)).answer(knowledge, "kosten", 2700)
    steps = [Step(action="scholing_inzetten", direction=one) for one in Direction]
    with Record.open() as record:
        leader = member(record, 0)
        leader.open_case(case, title="Een casus", story="", key=uuid4())
        copy = leader.meetings.copy(case.id, knowledge)
        meeting = leader.meetings.prepare(
            copy,
            knowledge,
            texts=[ReviewedText(field="title", choice=TextChoice.KEPT, text="Een casus")],
            question="Wat zou u doen?",
            asked=[],
            options=steps,
            script="incident",
        )
        code = leader.meetings.view(meeting, knowledge).code
        for number, step in enumerate(steps, start=1):
            own = member(record, number).meetings
            own.join(code, names=False)
            own.answer(meeting, knowledge, readings={}, step=step, why=REASON, sure=Sureness.FAIRLY)
        for stage in (Stage.CHOICES, Stage.READINGS, Stage.ADVICE):
            leader.meetings.reveal(meeting, stage)
        member(record, 1).meetings.add(meeting, VIEW, minority=True)
        should_be = Status.DOES_NOT_HOLD if ruling is Ruling.CHANGE else None
        leader.meetings.conclude(meeting, ruling=ruling, why=WHY, rule=RULE, should_be=should_be)
        leader.meetings.close(meeting)
    return world / "casussen" / "voorstellen" / f"voorstel-{meeting}.yaml"


def member(record: Record, number: int) -> Access:
    roles = frozenset({Role.PROFESSIONAL, Role.FACILITATOR})
    return Access(record, Actor(f"p-lid-{number}", f"Lid {number}", roles), uuid4())


def test_without_proposals_it_says_so(world: Path) -> None:
    done = leidraad(world, "voorstellen", "--naar", str(world / "niets"))
    assert (done.returncode, done.stdout) == (0, "Er zijn nog geen voorstellen.\n")
    assert not (world / "niets").exists()


def test_they_are_told_with_the_view_of_a_few_and_without_the_case(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    discussed(world, monkeypatch)
    done = leidraad(world, "voorstellen")
    assert done.returncode == 0, done.stderr
    said = [f"  {part}" for part in ("Had moeten zijn: Geldt niet", f"{MINORITY}: {VIEW}")]
    assert f"{RULE} (" in done.stdout
    assert all(f"\n{part}\n" in done.stdout for part in said)
    assert "Dat vond de groep." in done.stdout
    assert "\x1b" not in done.stdout
    assert "c-een" not in done.stdout


def test_the_file_fails_the_test_until_the_rule_says_what_the_group_found(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = discussed(world, monkeypatch)
    done = leidraad(world, "voorstellen", "--naar", str(file.parent))
    assert (done.returncode, done.stdout) == (0, f"gemaakt: {file}\n")
    expected = f"{RULE}: verwacht 'geldt_niet', maar het is 'geldt'."
    before = leidraad(world, "toets")
    assert before.returncode == 1
    (line,) = [one for one in before.stderr.splitlines() if expected in one]
    assert line.startswith(str(file.relative_to(world)))
    replace(world / "kennis/protocollen/proef/2026-01-01.yaml", "meer_dan: kosten_grens", NEVER)
    assert expected not in leidraad(world, "toets").stderr


def test_a_file_that_someone_changed_stays_as_it_is(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = discussed(world, monkeypatch)
    leidraad(world, "voorstellen", "--naar", str(file.parent))
    file.write_text("# veranderd\n", encoding="utf-8")
    done = leidraad(world, "voorstellen", "--naar", str(file.parent))
    assert (done.returncode, done.stdout) == (0, f"stond er al: {file}\n")
    assert file.read_text(encoding="utf-8") == "# veranderd\n"


def test_a_clearer_text_is_guarded_by_a_test_that_passes(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = discussed(world, monkeypatch, Ruling.CLARIFY)
    leidraad(world, "voorstellen", "--naar", str(file.parent))
    assert "STATUS-ANDERS" not in leidraad(world, "toets").stderr


def test_what_the_knowledge_no_longer_covers_is_named(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = discussed(world, monkeypatch)
    protocol = world / "kennis/protocollen/proef/2026-01-01.yaml"
    replace(protocol, "geldig_vanaf: 2026-01-01", "geldig_vanaf: 2027-01-01")
    protocol.rename(protocol.with_name("2027-01-01.yaml"))
    done = leidraad(world, "voorstellen", "--naar", str(file.parent))
    assert done.returncode == 1
    assert f"Geen toets te maken van {RULE}: " in done.stderr
    assert not file.exists()


def test_a_folder_that_cannot_be_written_is_said_in_a_line(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    discussed(world, monkeypatch)
    (world / "bestand").write_text("", encoding="utf-8")
    done = leidraad(world, "voorstellen", "--naar", str(world / "bestand"))
    assert done.returncode == 2
    assert done.stderr.startswith("De voorstellen kunnen niet worden opgeslagen: ")
