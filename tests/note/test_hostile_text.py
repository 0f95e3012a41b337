"""What someone types is no more than text in every file and on the command line."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from markdown_it import MarkdownIt
from typer.testing import CliRunner

from engine.cli import app
from engine.decisions import LOCAL_ID, Record, learn
from engine.exchange import export_lines
from engine.intervisie import handout, minutes
from engine.note import NoteForm, NoteKind, file_name, gather, render, write
from engine.note.content import Document
from engine.table_file import as_csv
from tests.hostile import CASE, Attacker, small_knowledge
from tests.hostile_meeting import hold, owner_of
from ui.learning_words import table

NOW = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
LIVE = {"html_block", "html_inline", "link_open", "image"}


@pytest.fixture
def attacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Record, Attacker]]:
    kennis = small_knowledge(tmp_path)
    monkeypatch.setenv("LEIDRAAD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LEIDRAAD_KENNIS", str(kennis))
    monkeypatch.delenv("LEIDRAAD_DATABASE_URL", raising=False)
    attacker = Attacker(kennis)
    with Record.open(clock=lambda: NOW) as record:
        record.people.meet(LOCAL_ID, "Sam <b>Vet</b> [x](https://kwaad.invalid)")
        attacker.fill(record, LOCAL_ID, NOW.date())
        yield record, attacker


@pytest.fixture
def papers(attacked: tuple[Record, Attacker]) -> tuple[Document, ...]:
    """What a meeting on the case leaves on paper."""
    record, attacker = attacked
    meeting = hold(attacker, record, LOCAL_ID, NOW.date())
    view = owner_of(record, LOCAL_ID).meetings.view(meeting, attacker.knowledge)
    seal = record.meetings.seal(meeting)
    return (
        handout(view, attacker.knowledge, NOW),
        minutes(view, attacker.knowledge, NOW, seal),
    )


@pytest.mark.parametrize("kind", NoteKind)
def test_a_note_has_no_markup_of_anyone(attacked: tuple[Record, Attacker], kind: NoteKind) -> None:
    record, attacker = attacked
    material = gather(record, attacker.knowledge, CASE, NOW)
    check_plain(write(kind, material))
    for form in NoteForm:
        assert re.fullmatch(r"[a-z-]+-c-aanval-2026-11-22\.[a-z]+", file_name(kind, form, material))


def test_the_papers_of_a_meeting_have_no_markup_of_anyone(papers: tuple[Document, ...]) -> None:
    for paper in papers:
        check_plain(paper)


def check_plain(document: Document) -> None:
    shown = render(NoteForm.MARKDOWN, document).decode()
    blocks = MarkdownIt("commonmark").enable("table").parse(shown)
    found = [token for block in blocks for token in (block, *(block.children or ()))]
    assert not {token.type for token in found} & LIVE
    headings = [found[place + 1].content for place, one in enumerate(found) if one.tag == "h1"]
    assert not any(said.startswith("Gekaapte kop") for said in headings)
    with ZipFile(BytesIO(render(NoteForm.WORD, document))) as word:
        parts = {name: word.read(name).decode("utf-8", "replace") for name in word.namelist()}
    assert not [name for name, said in parts.items() if "kwaad" in said and "rels" in name]
    body = parts["word/document.xml"]
    assert not re.search(r"<w:(hyperlink|instrText|fldSimple)|<script|<img", body)
    pdf = render(NoteForm.PDF, document)
    assert pdf.startswith(b"%PDF")
    assert not re.search(rb"/(URI|JavaScript|Launch|EmbeddedFile)\b", pdf)


def test_lines_and_tables_stay_what_they_are(attacked: tuple[Record, Attacker]) -> None:
    record, attacker = attacked
    lines = list(export_lines(record.everything()))
    assert lines
    for line in lines:
        assert line.isascii()
        assert line.isprintable()
        assert json.loads(line)["case"] == CASE
    assert record.verify().broken is None
    made = as_csv(
        [*table(learn(record.everything()), attacker.knowledge), [*attacker.typed.values()]]
    )
    rows = list(csv.reader(StringIO(made.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert [len(row) for row in rows][-1] == len(attacker.typed)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize(
    "arguments",
    [
        ("logboek", "verifieer"),
        ("logboek", "herhaal", CASE),
        ("logboek", "bewaartermijnen", "--alles"),
        ("logboek", "kaarten", CASE),
        ("gebruiker", "toon"),
    ],
    ids=" ".join,
)
def test_nothing_that_is_printed_commands_the_screen(
    attacked: tuple[Record, Attacker], arguments: tuple[str, ...]
) -> None:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.output
    odd = {one for one in done.output if unicodedata.category(one) in ("Cc", "Cf")} - {"\n"}
    assert not odd


def test_what_the_client_gets_is_text(attacked: tuple[Record, Attacker], tmp_path: Path) -> None:
    target = tmp_path / "inzage.zip"
    done = CliRunner().invoke(app, ["logboek", "inzage", CASE, "--naar", str(target)])
    assert done.exit_code == 0, done.output
    with ZipFile(target) as packed:
        assert all(re.fullmatch(r"[a-z]+\.[a-z]+", name) for name in packed.namelist())
        said = json.loads(packed.read("gegevens.json"))
        with ZipFile(BytesIO(packed.read("overzicht.docx"))) as word:
            body = word.read("word/document.xml").decode()
    assert not re.search(r"<w:(hyperlink|instrText|fldSimple)|<script|<img", body)
    kept = json.dumps(said, ensure_ascii=False)
    _, attacker = attacked
    for what in ("title", "story", "instead", "happened", "correction", "other", "why"):
        assert json.dumps(attacker.typed[what], ensure_ascii=False)[1:-1] in kept, what
