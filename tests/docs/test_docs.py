"""The pages say what the code does: nothing forgotten, nothing that is no longer there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import engine.caseload.figures.contact
import engine.caseload.figures.flow
import engine.decisions
import engine.intervisie
from engine.case_file import CaseFile, Expectation
from engine.cli import app
from engine.coupling import CoupledColumn, Coupling
from engine.diagnostics import Severity
from engine.exercises import (
    Exercise,
    ExerciseAnswer,
    ExerciseDecision,
    ExerciseGroup,
    ExerciseRuling,
    ExerciseStep,
)
from engine.knowledge import (
    Action,
    Advice,
    Comparatives,
    DeviationContract,
    Fact,
    Ground,
    Model,
    Notion,
    NotionRow,
    Option,
    Override,
    Parameter,
    ParameterValue,
    Phrased,
    Protocol,
    Rule,
    Source,
    Unit,
)
from engine.knowledge_files import (
    ActionFile,
    FactFile,
    GroundFile,
    NotionFile,
    ParameterFile,
    SourceFile,
)
from engine.loading import kind_of
from engine.reader import read_file, read_text
from engine.scripts import Script, ScriptFile, ScriptStep
from engine.self_scan import ScanAction, ScanQuestion, ScanTheme, SelfScan
from engine.validation import build
from engine.words import Word
from tests.docs.markdown import (
    DOCS,
    ROOT,
    Block,
    anchors,
    blocks,
    codes,
    headings,
    links,
    page,
    rows,
    section,
)
from tests.docs.sources import codes_in, finding_codes, json_keys, variables

FORMAT, COMMANDS, TERMS = page("kennisformaat.md"), page("cli.md"), page("begrippen.md")
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
EXAMPLES = [block for block in blocks(FORMAT) if block.info.split()[:1] == ["yaml"]]

WHERE: dict[type[Model], tuple[str, ...]] = {
    Action: ("Handelingen",),
    ActionFile: ("Handelingen",),
    Advice: ("Protocollen en regels",),
    CaseFile: ("Casussen",),
    Comparatives: ("Feiten",),
    CoupledColumn: ("Koppelingen",),
    Coupling: ("Koppelingen",),
    DeviationContract: ("Protocollen en regels",),
    Exercise: ("Casussen",),
    ExerciseAnswer: ("Casussen",),
    ExerciseDecision: ("Casussen",),
    ExerciseGroup: ("Casussen",),
    ExerciseRuling: ("Casussen",),
    ExerciseStep: ("Casussen",),
    Expectation: ("Casussen",),
    Fact: ("Feiten",),
    FactFile: ("Feiten",),
    Ground: ("Afwijkgronden",),
    GroundFile: ("Afwijkgronden",),
    Notion: ("Begrippen",),
    NotionFile: ("Begrippen",),
    NotionRow: ("Begrippen",),
    Option: ("Feiten",),
    Override: ("Eigen waarden van een gemeente",),
    Parameter: ("Parameters",),
    ParameterFile: ("Parameters", "Eigen waarden van een gemeente"),
    ParameterValue: ("Parameters",),
    Phrased: ("Feiten",),
    Protocol: ("Protocollen en regels",),
    Rule: ("Protocollen en regels",),
    ScanAction: ("Zelfanalyse",),
    ScanQuestion: ("Zelfanalyse",),
    ScanTheme: ("Zelfanalyse",),
    Script: ("Intervisie",),
    ScriptFile: ("Intervisie",),
    ScriptStep: ("Intervisie",),
    SelfScan: ("Zelfanalyse",),
    Source: ("Bronnen",),
    SourceFile: ("Bronnen",),
    Unit: ("Feiten",),
}
"""The sections of ``kennisformaat.md`` that explain the keys of each model."""


def models(parent: type[Model] = Model) -> Iterator[type[Model]]:
    for model in parent.__subclasses__():
        # Nobody writes this file but who writes the code: it is no part of the knowledge.
        if model.__module__ != "engine.caseload.protected":
            yield model
        yield from models(model)


def keys(model: type[Model]) -> dict[str, str]:
    return {field.alias or name: name for name, field in model.model_fields.items()}


def words() -> list[type[StrEnum]]:
    assert engine.decisions.DeviationKind in Word.__subclasses__()
    assert engine.intervisie.ProposalGround in Word.__subclasses__()
    assert engine.caseload.figures.flow.Kind in Word.__subclasses__()
    assert engine.caseload.figures.contact.Contact in Word.__subclasses__()
    return [*Word.__subclasses__(), Severity]


# The format of the knowledge


def test_every_model_has_its_place_in_the_page() -> None:
    assert set(models()) == set(WHERE)


@pytest.mark.parametrize("model", WHERE, ids=lambda model: model.__name__)
def test_every_key_is_explained_in_its_section(model: type[Model]) -> None:
    tables = [row for title in WHERE[model] for row in rows(section(FORMAT, title))]
    explained = {code for row in tables for cell in row for code in codes(cell)}
    assert set(keys(model)) <= explained


@pytest.mark.parametrize("word", words(), ids=lambda word: word.__name__)
def test_every_word_is_explained(word: type[StrEnum]) -> None:
    listed = {tuple(codes(" ".join(row[:2]))) for row in rows(section(TERMS, "Closed lists"))}
    members = {(member.value, f"{word.__name__}.{member.name}") for member in word}
    assert members <= listed


def test_the_closed_lists_name_nothing_else() -> None:
    listed = {codes(row[1])[0] for row in rows(section(TERMS, "Closed lists"))[1:]}
    members = {f"{word.__name__}.{member.name}" for word in words() for member in word}
    outcomes = {"Follow.outcome", "Deviation.outcome", "Skip.outcome"}
    assert listed == members | outcomes


def test_the_terms_name_every_key_and_attribute() -> None:
    listed = {
        (key, attribute, model)
        for key, attribute, where, _ in rows(section(TERMS, "Keys in files"))[1:]
        for model in where.split(", ")
    }
    known = {
        (f"`{key}`", f"`{name}`", model.__name__)
        for model in models()
        for key, name in keys(model).items()
    }
    assert listed == known


def test_the_screen_shows_the_words_on_the_page() -> None:
    files = [*(ROOT / "ui").rglob("*.py"), *(ROOT / "engine").rglob("*.py")]
    shown = "\n".join(path.read_text(encoding="utf-8") for path in files)
    said = [
        word for row in rows(section(TERMS, "On the screen"))[1:] for word in row[0].split(", ")
    ]
    assert [word for word in said if f'"{word}"' not in shown] == []


# Findings


def test_the_table_of_findings_is_complete() -> None:
    table = {codes(row[0])[0] for row in rows(section(FORMAT, "Meldingen")) if codes(row[0])}
    assert table == finding_codes()


def test_codes_are_found_however_they_are_written() -> None:
    source = """
TABLE = ((1, "uit-tabel", 2), (3, "ook-tabel", 4))
def report(self, path, code, what): Diagnostic(self.name, 1, 1, code, what)
def check(document, path, place):
    document.report(path, "gewoon", "tekst")
    Diagnostic("naam", *place, "met-ster", "tekst")
    Diagnostic("naam", 1, 1, code="met-naam", what="tekst")
    code = "dit" if path else "of-dat"
    document.report(path, code, "tekst")
    for number, found, other in TABLE:
        document._find(path, path, found, "tekst")
"""
    expected = {"gewoon", "met-ster", "met-naam", "dit", "of-dat", "uit-tabel", "ook-tabel"}
    assert codes_in(source, "proef") == expected


def test_a_code_that_cannot_be_read_off_is_noticed() -> None:
    source = "def check(document):\n    document.report((), make(), 'tekst')\n"
    with pytest.raises(AssertionError, match="which codes"):
        codes_in(source, "proef")


# Examples


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: f"line {block.line}")
def test_every_example_can_be_read(block: Block) -> None:
    document = read_text(block.text.encode(), "voorbeeld")
    assert document.findings == []
    model = _model(block)
    if model is not None:
        build(document, model)
        assert document.findings == []


@pytest.mark.parametrize(
    "block",
    [block for block in EXAMPLES if len(block.info.split()) > 1],
    ids=lambda block: str(block.info),
)
def test_every_example_stands_in_the_knowledge(block: Block) -> None:
    name = block.info.split()[1]
    real: Any = read_file(_real(name), name).data
    example: Any = read_text(block.text.encode(), "voorbeeld").data
    for key, value in example.items():
        if isinstance(value, tuple) and isinstance(value[0], dict):
            missing = [item for item in value if item not in real[key]]
            assert missing == [], f"copy this again from {name}"
        else:
            assert value == real[key], f"copy {key!r} again from {name}"


def test_there_is_an_example_of_every_kind_of_file() -> None:
    shown = {_model(block) for block in EXAMPLES} - {None}
    files = {model for model in models() if model.__name__.endswith("File")}
    files |= {Protocol, SelfScan}
    assert shown == files


def _model(block: Block) -> type[Model] | None:
    parts = block.info.split()
    if len(parts) == 1:
        return None
    return CaseFile if parts[1].startswith("cases/") else kind_of(parts[1])


def _real(name: str) -> Path:
    return ROOT / name if name.startswith("cases/") else ROOT / "knowledge" / name


# The command line


def commands() -> dict[str, Any]:
    group: Any = get_command(app)
    return dict(group.commands)


def options(command: Any) -> set[str]:
    """The options of a command, or of all commands in a group."""
    below = getattr(command, "commands", {}).values()
    return own_options(command).union(*map(own_options, below))


def own_options(command: Any) -> set[str]:
    named = {name for parameter in command.params for name in parameter.opts}
    return {name for name in named if name.startswith("--") and name != "--help"}


def test_every_command_is_in_the_table_of_commands() -> None:
    table = [codes(row[0]) for row in rows(COMMANDS)]
    assert [name for name in commands() if [name] not in table] == []


@pytest.mark.parametrize("name", commands())
def test_every_option_is_explained(name: str) -> None:
    written = {
        option
        for row in rows(section(COMMANDS, name))
        for option in re.findall(r"`(--[a-z-]+)", row[0])
    }
    assert written == options(commands()[name])


@pytest.mark.parametrize("name", commands())
def test_the_usage_names_every_option(name: str) -> None:
    usage = re.findall(rf"^    leidraad {name}\b.*", COMMANDS, re.MULTILINE)
    assert set(re.findall(r"--[a-z-]+", " ".join(usage))) == options(commands()[name])


def test_the_options_before_a_command_are_explained() -> None:
    for option in own_options(get_command(app)):
        assert f"`{option}`" in COMMANDS


@pytest.mark.parametrize("name", commands())
def test_the_help_of_every_command_has_an_example(name: str) -> None:
    assert f"Voorbeeld: leidraad {name}" in (commands()[name].epilog or "")


def test_every_key_of_the_json_is_explained() -> None:
    explained = set(codes(section(COMMANDS, "De JSON van raadpleeg")))
    assert json_keys() - explained == set()


def test_every_environment_variable_is_explained() -> None:
    table = {
        codes(row[0])[0]
        for row in rows(section(COMMANDS, "Omgevingsvariabelen"))[1:]
        if codes(row[0])
    }
    assert table == variables()


# All pages


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_relative_link_resolves(path: Path) -> None:
    for target in links(path.read_text(encoding="utf-8")):
        if re.match("[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        found = (path.parent / name) if name else path
        assert found.exists(), f"{target}: there is no such file"
        if anchor:
            assert anchor in anchors(found.read_text(encoding="utf-8")), f"{target}: no heading"


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_every_decision_has_its_parts(path: Path) -> None:
    title, *parts = headings(path.read_text(encoding="utf-8"))
    assert title.startswith(f"{path.name[:4]}. ")
    assert parts[:3] == ["Context", "Decision", "Why"]


def test_the_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))
