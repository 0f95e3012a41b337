"""What the version for the client says, and what it never says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.decisions import skip
from engine.note import NoteKind, to_markdown, write
from engine.words import Norm
from tests.note import world

MEASURE = "maatregel-002-eerste-melding"
MEASURE_WITH_DECISION = "maatregel-001-passend-aanbod-gestopt"


def identifiers() -> re.Pattern[str]:
    known = world.knowledge()
    names = {
        *(name for name in [*known.facts, *known.notions, *known.actions] if "_" in name),
        *(
            bound.rule.id
            for all_ in known.protocols.values()
            for one in all_
            for bound in one.rules
        ),
    }
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names)))


JARGON = re.compile(
    r"\b(voorlopig|geldt niet|te bepalen|vervalt|beleidsregel|zienswijze|motivering|rechtsgevolg|"
    r"Awb|ECLI|deviatie|professional zegt)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("deviating", [False, True])
def test_the_version_for_the_client_shows_no_name_of_the_code(
    deviating: bool, tmp_path: Path
) -> None:
    pattern = identifiers()
    examples = [name for name, read in world.cases().items() if read.file.example]
    assert len(examples) >= 3
    for number, case_id in enumerate(examples):
        folder = tmp_path / str(number)
        text = world.said(world.note(folder, case_id, NoteKind.CLIENT, deviating=deviating))
        own_words = text.replace(case_id, "")
        assert pattern.findall(own_words) == []
        assert re.findall(r"\b[a-z0-9]+_[a-z0-9_]+\b", own_words) == []


def test_the_version_for_the_client_is_marked_as_a_draft_and_free_of_jargon(
    tmp_path: Path,
) -> None:
    text = world.said(world.note(tmp_path, MEASURE_WITH_DECISION, NoteKind.CLIENT))
    assert "Concept. Lees dit na voordat u het geeft." in text
    assert JARGON.findall(text) == []
    assert "Dan kunt u bezwaar maken bij de gemeente Voorbeeldstad" in text


def test_the_client_reads_nothing_of_a_step_that_was_left_aside(tmp_path: Path) -> None:
    case_id, rule = next(
        (name, rule.id)
        for name, read in world.cases().items()
        for rule in world.decidable_rules(read.case)
        if rule.norm is Norm.CONSIDERATION
    )
    with world.opened(tmp_path, case_id) as record:
        consultation = world.consulted(record, case_id)
        decision = skip(consultation, rule, decided_on=world.DAY)
        record.decide(decision, consultation, actor="professional")
        file, client = (write(kind, world.material(record, case_id)) for kind in NoteKind)
    assert "Overgeslagen: " in world.said(file)
    assert "Er is nog geen stap gekozen." in world.said(client)


def client_text(folder: Path, case_id: str, **answers: str) -> str:
    """Return the letter on a case in which everything was followed, after more answers."""
    with world.opened(folder, case_id) as record:
        before = record.load_case(case_id, world.knowledge()).case
        after = before
        for fact, raw in answers.items():
            after = after.answer(world.knowledge(), fact, raw)
        if after != before:
            record.save_facts(before, after, actor="professional")
        world.decide(record, case_id)
        return world.said(write(NoteKind.CLIENT, world.material(record, case_id)))


def test_nobody_writes_to_a_client_who_has_died(tmp_path: Path) -> None:
    text = client_text(tmp_path, MEASURE, verblijf="overleden")
    assert "Geen brief" in text
    for said in ("Wat wij doen", "Wat wij u willen vragen", "Bent u het hier niet mee eens?"):
        assert said not in text


def test_a_letter_says_nothing_that_must_stay_out(tmp_path: Path) -> None:
    known = world.knowledge()
    hidden = {name for name, fact in known.facts.items() if not fact.in_letter}
    assert {
        "actieve_clienten",
        "vergelijkbare_casus",
        "collega_denkt_anders",
        "vaker_afgeweken",
    } <= hidden
    told = [known.client_lexicon[name] for name in hidden]
    parts = {
        part.strip()
        for phrasing in told
        for said in (phrasing.sentence, phrasing.sentence_not)
        for part in said.split("{}")
        if len(part.split()) > 3
    }
    spoken = 0
    for number, (case_id, read) in enumerate(world.cases().items()):
        if not hidden & set(read.case.known):
            continue
        text = client_text(tmp_path / str(number), case_id).lower()
        assert [part for part in parts if part.lower() in text] == []
        spoken += 1
        if spoken == 25:
            break
    assert spoken == 25


def test_internal_work_is_no_step_in_a_letter(tmp_path: Path) -> None:
    known = world.knowledge()
    case_id, rule = next(
        (name, rule)
        for name, read in world.cases().items()
        for rule in world.decidable_rules(read.case)
        if not known.actions[rule.advice.action].in_letter
    )
    with world.opened(tmp_path, case_id) as record:
        world.follow_again(record, case_id, rule.id)
        text = world.said(write(NoteKind.CLIENT, world.material(record, case_id)))
    assert "Er is nog geen stap om u te melden." in text


def test_the_client_is_asked_only_what_the_client_can_answer(tmp_path: Path) -> None:
    known = world.knowledge()
    asked = {fact.question_you for fact in known.facts.values() if fact.question_you}
    text = to_markdown(world.note(tmp_path, MEASURE, NoteKind.CLIENT))
    part = text.split("## Wat wij u willen vragen")[1].split("\n## ")[0]
    questions = [line[2:] for line in part.splitlines() if line.startswith("- ")]
    assert 0 < len(questions) <= 5
    assert set(questions) <= asked


def test_what_is_done_instead_is_marked_as_not_yet_written_for_the_client(tmp_path: Path) -> None:
    text = world.said(world.note(tmp_path, MEASURE, NoteKind.CLIENT, deviating=True))
    assert f"in het dossier staat: {world.SAID.rstrip('.')}]" in text


def test_a_step_that_two_rules_advise_is_said_once(tmp_path: Path) -> None:
    text = client_text(tmp_path, "samenhang-81-stil-bij-het-bedrijf")
    assert text.count("Wij nemen zelf contact met u op\n") == 1
    assert "Wij weten nog niet hoe het nu met u gaat" in text
