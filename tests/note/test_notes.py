"""What a note says of a case: all that is there, nothing that isn't."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import VERSION
from engine.consult import Consultation, consult
from engine.decisions import Deviation, Effect, Verdict
from engine.note import NoteKind, to_markdown, write
from engine.prose import sentence
from engine.words import Direction, Status
from tests.golden import check_golden
from tests.note import world

GOLDEN = Path(__file__).parent / "goud"
MEASURE = "maatregel-002-eerste-melding"
MEASURE_WITH_DECISION = "maatregel-001-passend-aanbod-gestopt"
TRAINING = "scholing-20-ww-achttien-maanden"
FIRST_PICTURE = "diagnose-03-een-gesprek-gaf-geen-beeld"
DISPUTED = "samenhang-81-stil-bij-het-bedrijf"
EXAMPLES = (MEASURE, TRAINING, FIRST_PICTURE)


@pytest.mark.parametrize("kind", NoteKind)
@pytest.mark.parametrize("case_id", EXAMPLES)
def test_the_notes_on_the_examples_read_like_this(
    case_id: str, kind: NoteKind, tmp_path: Path
) -> None:
    text = to_markdown(world.note(tmp_path, case_id, kind, deviating=True))
    # These follow every edit of the knowledge; the rest of a note only what is about the case.
    still = re.sub(r"\b[0-9a-f]{64}\b", "(vingerafdruk)", text).replace(VERSION, "(versie)")
    check_golden(GOLDEN / f"{case_id}-{kind}.md", still)


def test_what_came_afterwards_stands_with_what_it_is_about(tmp_path: Path) -> None:
    with world.opened(tmp_path, MEASURE) as record:
        world.decide(record, MEASURE)
        decided = record.decisions(MEASURE)[0].id
        before = world.material(record, MEASURE)
        happened = "De cliënt kwam naar het gesprek en begon aan de cursus."
        record.review(
            MEASURE,
            decided,
            happened=happened,
            effect=Effect.REACHED,
            verdict=Verdict.KEEP,
            reviewed_on=world.DAY,
            actor="professional",
        )
        wrong = "Het gesprek was niet op kantoor maar aan de telefoon."
        record.correct(MEASURE, decided, wrong, actor="professional")
        after = world.material(record, MEASURE)
    note = write(NoteKind.FILE, after)
    said = f"Terugblik op 22 november 2026: {happened} Het doel is bereikt. Zo doorgaan."
    assert said in world.under(note, "Besluiten")
    assert wrong in world.under(note, "Verbeteringen")
    assert "Verbeteringen" not in to_markdown(write(NoteKind.FILE, before))


def test_a_case_without_decisions_says_so_in_a_line(tmp_path: Path) -> None:
    with world.opened(tmp_path, MEASURE) as record:
        material = world.material(record, MEASURE)
    file, client = (write(kind, material) for kind in NoteKind)
    assert "Er is nog geen besluit vastgelegd." in world.under(file, "Besluiten")
    assert "Er is vooraf geen eigen oordeel vastgelegd." in world.under(file, "Eigen oordeel")
    assert "Er is niets betwist." in world.under(file, "Betwist")
    assert "CONCEPT" not in world.said(file)
    assert "Er is nog geen stap gekozen." in world.under(client, "Wat wij doen")
    assert "bezwaar" not in world.said(client)


def test_the_note_names_the_rules_it_was_made_under(tmp_path: Path) -> None:
    text = to_markdown(world.note(tmp_path, MEASURE, NoteKind.FILE))
    for said in (
        "| Casus | maatregel-002-eerste-melding |",
        "| Instantie | Gemeente Voorbeeldstad (fictief) |",
        "| Peildatum | 23 november 2026 |",
        "| Protocol | Maatregel en evenredigheid, versie van 1 november 2026 |",
        "| Gemaakt op | 22 november 2026 om 22:30 |",
    ):
        assert said in text


def test_every_advice_has_a_reason_a_norm_a_strength_and_a_source(tmp_path: Path) -> None:
    document = world.note(tmp_path, MEASURE, NoteKind.FILE)
    section = world.under(document, "Wat de protocollen adviseren")
    with world.opened(tmp_path / "again", MEASURE) as record:
        count = len(world.rules_to_decide(world.consulted(record, MEASURE)))
    for lead in ("Waarom dit hier speelt:", "Norm en sterkte:", "Bronnen:"):
        assert section.count(lead) == count > 0


def test_who_says_what_of_a_disputed_fact_is_there(tmp_path: Path) -> None:
    section = world.under(world.note(tmp_path, DISPUTED, NoteKind.FILE), "Betwist")
    assert "De cliënt zegt: nee." in section
    assert "De professional zegt: ja." in section


def test_a_deviation_shows_every_part_of_its_justification(tmp_path: Path) -> None:
    with world.opened(tmp_path, MEASURE) as record:
        (first, *_) = world.rules_to_decide(world.consulted(record, MEASURE))
        world.decide(record, MEASURE, [first])
        material = world.material(record, MEASURE)
    (kept,) = [one for one in material.decisions if isinstance(one.decision, Deviation)]
    assert isinstance(kept.decision, Deviation)
    section = world.under(write(NoteKind.FILE, material), "Afgeweken")
    assert section.count(world.SAID) == len(kept.decision.elements) + 1
    for lead in ("Soort afwijking:", "Grond:", "Besloten door:", "Opnieuw bekijken op:"):
        assert lead in section


def test_a_decision_that_was_made_again_says_so(tmp_path: Path) -> None:
    with world.opened(tmp_path, MEASURE) as record:
        consultation = world.consulted(record, MEASURE)
        (first, *_) = world.rules_to_decide(consultation)
        world.decide(record, MEASURE, [first])
        world.follow_again(record, MEASURE, first)
        document = write(NoteKind.FILE, world.material(record, MEASURE))
    assert "later opnieuw besloten" in world.under(document, "Afgeweken")
    assert "later opnieuw besloten" not in world.under(document, "Gevolgd: Vraag de cliënt")


def test_a_decision_that_no_longer_matches_says_what_changed(tmp_path: Path) -> None:
    with world.opened(tmp_path, MEASURE) as record:
        world.decide(record, MEASURE)
        before = record.load_case(MEASURE, world.knowledge()).case
        after = before.answer(world.knowledge(), "kant_client_gehoord", "ja")
        record.save_facts(before, after, actor="professional")
        file, client = (write(kind, world.material(record, MEASURE)) for kind in NoteKind)
    assert "Past niet meer bij het advies van nu" in world.said(file)
    assert "Er is sindsdien iets veranderd." in world.said(client)


def test_an_own_judgement_is_kept_in_the_note(tmp_path: Path) -> None:
    with world.opened(tmp_path, MEASURE) as record:
        consultation = world.consulted(record, MEASURE)
        record.judge(
            consultation,
            actions=["client_horen"],
            other="Even wachten",
            why="Ik ken de cliënt",
            actor="professional",
        )
        document = write(NoteKind.FILE, world.material(record, MEASURE))
    section = world.under(document, "Eigen oordeel")
    for said in ("Vraag de cliënt om zijn of haar kant", "Even wachten", "Ik ken de cliënt"):
        assert said in section


# The draft of the reasons


def test_the_draft_of_reasons_goes_in_the_order_of_the_law(tmp_path: Path) -> None:
    text = world.said(world.note(tmp_path, MEASURE_WITH_DECISION, NoteKind.FILE))
    draft = text[text.index("CONCEPT van de motivering: leg een maatregel op") :]
    headings = [
        "1. De plicht",
        "2. De feiten",
        "3. Wat de cliënt ervan vindt",
        "4. De afweging",
        "5. De artikelen",
        "6. Wat de cliënt kan doen",
    ]
    places = [draft.index(heading) for heading in headings]
    assert places == sorted(places)
    assert draft.split("\n")[1] == "CONCEPT"
    assert "het college van burgemeester en wethouders" in draft
    assert "binnen zes weken" in draft


def test_the_draft_leaves_open_what_the_record_does_not_hold(tmp_path: Path) -> None:
    document = world.note(tmp_path, MEASURE_WITH_DECISION, NoteKind.FILE)
    for heading in ("1. De plicht", "3. Wat de cliënt", "4. De afweging", "6. Wat de cliënt"):
        assert "[nog in te vullen: " in world.under(document, heading)


def test_the_draft_takes_over_what_a_deviation_says(tmp_path: Path) -> None:
    with world.opened(tmp_path, MEASURE_WITH_DECISION) as record:
        rule = "maatregel.uniform-eerste"
        world.decide(record, MEASURE_WITH_DECISION, [rule])
        document = write(NoteKind.FILE, world.material(record, MEASURE_WITH_DECISION))
    draft = world.under(document, "CONCEPT van de motivering: afgeweken van: leg een maatregel op")
    assert "U besloot dit niet te doen. Dat belast de cliënt niet" in draft
    assert "[nog in te vullen: het artikel waar uw eigen besluit op rust]" in draft
    assert "De cliënt kan bezwaar maken" not in draft
    assert world.SAID in draft


def draft_on(folder: Path, action: str, direction: Direction) -> str:
    """Return the draft of the reasons where an advice on an action was followed."""
    found = next(
        (name, rule)
        for name, read in world.cases().items()
        for rule in world.decidable_rules(read.case)
        if (rule.advice.action, rule.advice.direction) == (action, direction)
    )
    name, rule = found
    with world.opened(folder, name) as record:
        world.follow_again(record, name, rule.id)
        return world.said(write(NoteKind.FILE, world.material(record, name)))


def test_a_decision_that_gives_what_was_asked_needs_no_hearing(tmp_path: Path) -> None:
    text = draft_on(tmp_path, "scholing_inzetten", Direction.DO)
    assert "Dan vraagt de Awb niet om vooraf te horen" in text
    assert "Awb 4:11" not in text
    assert "waarom iets lichters niet genoeg is" not in text


def test_a_refusal_asks_for_the_view_of_awb_4_7(tmp_path: Path) -> None:
    text = draft_on(tmp_path, "scholing_inzetten", Direction.DO_NOT)
    assert "Dit is een afwijzing als de cliënt hierom vroeg." in text
    assert "(Awb 4:7)" in text
    assert "(Awb 4:8)" not in text


def test_a_burden_asks_for_the_view_of_awb_4_8(tmp_path: Path) -> None:
    text = draft_on(tmp_path, "maatregel_opleggen", Direction.DO)
    assert "(Awb 4:8)" in text
    assert "(Awb 4:7)" not in text
    assert "waarom iets lichters niet genoeg is" in text


def test_what_may_be_either_asks_for_both(tmp_path: Path) -> None:
    text = draft_on(tmp_path, "ontheffing_beoordelen", Direction.DO)
    assert "(Awb 4:7)" in text
    assert "(Awb 4:8)" in text


def test_a_report_is_no_article_and_a_way_of_working_no_ground(tmp_path: Path) -> None:
    text = draft_on(tmp_path, "traject_inzetten", Direction.DO_NOT)
    assert "Achtergrond, geen rechtsregel:" in text
    assert "niet alleen naar het protocol (Awb 4:82)" in text


def test_a_deviation_says_what_the_protocol_had_needed(tmp_path: Path) -> None:
    case_id, rule = next(
        (name, rule)
        for name in world.cases()
        for rule in world.can_deviate(consult(world.knowledge(), world.cases()[name].case))
        if world.ways(consult(world.knowledge(), world.cases()[name].case), rule)
    )
    with world.opened(tmp_path, case_id) as record:
        world.decide(record, case_id, [rule])
        material = world.material(record, case_id)
    (needed,) = [one.needed for one in material.decisions if one.needed]
    section = world.under(write(NoteKind.FILE, material), "Afgeweken")
    assert "Het protocol had dit niet geadviseerd als:" in section
    for way in needed:
        assert sentence(way.said) in section


def test_the_draft_names_uwv_where_uwv_decides(tmp_path: Path) -> None:
    cases = world.cases()
    case_id = next(
        name
        for name, read in cases.items()
        if read.case.authority == "uwv"
        and any(
            world.knowledge().actions[rule.advice.action].legal_effect
            for rule in world.decidable_rules(read.case)
        )
    )
    text = world.said(world.note(tmp_path, case_id, NoteKind.FILE))
    assert "bezwaar maken bij UWV." in text
    assert "haal weg wat niet geldt voor UWV" in text


def test_a_step_that_is_no_decision_in_law_gets_no_draft(tmp_path: Path) -> None:
    assert "CONCEPT van de motivering" not in world.said(
        world.note(tmp_path, MEASURE, NoteKind.FILE)
    )


# What needs attention comes first


def first_case(wanted: Callable[[Consultation], bool]) -> str:
    return next(
        name
        for name, read in world.cases().items()
        if wanted(consult(world.knowledge(), read.case))
    )


def test_a_conflict_is_said_first_and_not_settled(tmp_path: Path) -> None:
    case_id = first_case(lambda found: bool(found.conflicts))
    with world.opened(tmp_path, case_id) as record:
        material = world.material(record, case_id)
    document = write(NoteKind.FILE, material)
    section = world.under(document, "Let hier eerst op")
    assert section.count("De regels spreken elkaar tegen") == len(material.consultation.conflicts)
    rules = material.consultation.program.rules
    for conflict in material.consultation.conflicts:
        for rule in (*conflict.do, *conflict.do_not):
            assert rules[rule].rule.title in section
    assert "Er zijn geen tegenstrijdige" not in section
    text = world.said(document)
    assert text.index("Let hier eerst op") < text.index("Wat de protocollen adviseren")


def test_a_provisional_advice_is_said_first_with_what_can_take_it_away(tmp_path: Path) -> None:
    case_id = first_case(
        lambda found: any(one.status is Status.PROVISIONAL for one in found.advices)
    )
    with world.opened(tmp_path, case_id) as record:
        material = world.material(record, case_id)
    section = world.under(write(NoteKind.FILE, material), "Let hier eerst op")
    rules = material.consultation.program.rules
    found = [one for one in material.consultation.advices if one.status is Status.PROVISIONAL]
    for advice in found:
        for rule in advice.open_exceptions:
            assert f"'{rules[rule].rule.title}'" in section
    assert section.count("Kan dit nog wegnemen:") == len(found)
