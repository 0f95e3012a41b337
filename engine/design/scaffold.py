"""A correct start for a new part of the knowledge: the text of the files, checked beforehand.

What is written here can be read, and so can all knowledge with it; a new rule comes with cases
that make it true, false and open. Nothing of it is stored by this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from engine.case import Case
from engine.conditions import OneOf
from engine.consult import consult
from engine.design.claims import UndecidedError
from engine.design.witness import write_case
from engine.design.workbench import Workbench, Written
from engine.knowledge import FORMS, CaseId, Name, ProtocolId, RuleId
from engine.library import BoundProtocol, Knowledge
from engine.loading import assemble
from engine.productions import BoundsError
from engine.reader import Document, read_text
from engine.words import Direction, FactKind, Status

_MARK = "# Een begin van leidraad nieuw. Vul elke tekst aan die met 'Schrijf' begint.\n"
_CHANGES = 'wijziging: ["Schrijf hier wat er anders is, waarom, en voor wie."]\n'
_SHAPES = {
    FactKind.YES_NO: "    zin: {label} is waar\n    zin_niet: {label} is niet waar\n",
    FactKind.CHOICE: (
        '    zin: "voor {label} geldt: {{}}"\n    zin_niet: "voor {label} geldt niet: {{}}"\n'
        "    opties:\n"
        "      - {{id: eerste, naam: het eerste antwoord}}\n"
        "      - {{id: tweede, naam: het tweede antwoord}}\n"
    ),
    FactKind.NUMBER: (
        '    eenheid: {{een: keer, meer: keer}}\n    zin: "voor {label} is het aantal {{}}"\n'
    ),
    FactKind.DATE: '    zin: "de datum van {label} is {{}}"\n',
    FactKind.TEXT: '    zin: "over {label} is genoteerd: {{}}"\n',
}


class ScaffoldError(Exception):
    """There can't be such a start; the message is Dutch, for a user."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """One file to be written.

    Attributes:
        name: its path within the folder with knowledge, or with cases.
        text: what is in it.
        instead_of: what the file holds now; ``None`` for a file that isn't there.
    """

    name: PurePosixPath
    text: str
    instead_of: bytes | None = None


@dataclass(frozen=True, slots=True)
class NewRule:
    """What must be known of a rule before it can be there.

    Attributes:
        id: the protocol, a dot and a name.
        when: the condition, as YAML; a name alone asks for yes.
        action: the id of the action.
        direction: whether to do it or not.
        source: a reference to a source.
    """

    id: str
    when: str
    action: str
    direction: Direction
    source: str

    @property
    def protocol(self) -> str:
        """The protocol that the rule is in."""
        return self.id.partition(".")[0]


def new_fact(knowledge: Knowledge, name: str, kind: FactKind) -> NewFile:
    """Write a question.

    Raises:
        ScaffoldError: the name can't be, or is taken.
    """
    _hold_to(Name, name)
    if name in knowledge.facts or name in knowledge.notions:
        raise ScaffoldError(f"Er is al een feit of begrip dat {name!r} heet.")
    label = name.replace("_", " ")
    text = (
        "# yaml-language-server: $schema=../schema/feiten.schema.json\n"
        f"{_MARK}"
        "feiten:\n"
        f"  - id: {name}\n"
        f"    naam: {label}\n"
        f"    soort: {kind}\n"
        f"{_SHAPES[kind].format(label=label)}"
        f"    vraag: Schrijf hier de vraag over {label}?\n"
        "    wie: [professional]\n"
        "    waarom: Schrijf hier waarom u dit mag en moet vragen.\n"
    )
    return NewFile(PurePosixPath("feiten", f"{name.replace('_', '-')}.yaml"), text)


def new_protocol(knowledge: Knowledge, rule: NewRule, since: date) -> NewFile:
    """Write a protocol with its first rule.

    Raises:
        ScaffoldError: the name can't be, or is taken.
    """
    _hold_to(RuleId, rule.id)
    _hold_to(ProtocolId, rule.protocol)
    if rule.protocol in knowledge.protocols:
        raise ScaffoldError(f"Er is al een protocol dat {rule.protocol!r} heet.")
    text = (
        "# yaml-language-server: $schema=../../schema/protocol.schema.json\n"
        f"{_MARK}"
        f"protocol: {rule.protocol}\n"
        f"titel: {_title(rule.protocol)}\n"
        f"geldig_vanaf: {since}\n"
        "toelichting: Schrijf hier waar het protocol over gaat.\n"
        "regels:\n"
        f"{_rule(rule, indent=2)}"
    )
    return NewFile(_version_file(rule.protocol, since), text)


def new_version(knowledge: Knowledge, rule: NewRule, since: date) -> NewFile:
    """Write the next version of a protocol: the last one with a rule added.

    Raises:
        ScaffoldError: the name can't be or is taken, or the day is not after the last version.
    """
    latest = _place_for(knowledge, rule)
    begun = latest.protocol.valid_from
    if since <= begun:
        raise ScaffoldError(f"De nieuwe versie moet na {begun} ingaan: {since} is te vroeg.")
    document = read_text(knowledge.contents[latest.file], latest.file)
    text = _with_rule(document, rule)
    text = re.sub(rf"(?m)^geldig_vanaf: *{begun}", f"geldig_vanaf: {since}", text, count=1)
    # The next version says itself when it ends, and what it changes.
    text = re.sub(r"(?m)^geldig_tot_en_met:.*\n", "", text, count=1)
    text = re.sub(r"(?m)^wijziging:.*\n(?:[ -].*\n)*", "", text, count=1)
    text = re.sub(r"(?m)^regels:", f"{_CHANGES}regels:", text, count=1)
    return NewFile(_version_file(rule.protocol, since), text)


def added_rule(knowledge: Knowledge, rule: NewRule) -> NewFile:
    """Write the last version of a protocol, not in force yet, with a rule added.

    Raises:
        ScaffoldError: the name can't be or is taken.
    """
    latest = _place_for(knowledge, rule)
    content = knowledge.contents[latest.file]
    text = _with_rule(read_text(content, latest.file), rule)
    return NewFile(PurePosixPath(latest.file), text, instead_of=content)


def with_file(knowledge: Knowledge, new: NewFile) -> Knowledge:
    """Return the knowledge with one file more, or with one file as it will be.

    Raises:
        KnowledgeError: with everything that is wrong with it then.
        ScaffoldError: there is a file of that name.
    """
    if knowledge.contents.get(str(new.name)) != new.instead_of:
        raise ScaffoldError(f"Er staat al een bestand {new.name}.")
    contents = {**knowledge.contents, str(new.name): new.text.encode()}
    return assemble([read_text(content, name) for name, content in contents.items()])


def cases_of(knowledge: Knowledge, rule: str) -> list[NewFile]:
    """Write a case in which a rule is true and advises, one in which it is false, one open.

    Raises:
        ScaffoldError: there is no such client: the condition is always or never true.
    """
    bench = Workbench(knowledge, ())
    written = next(one for one in bench.rules if one.id == rule)
    return [_case(bench, written, word) for word in ("waar", "onwaar", "onbekend")]


def advised(knowledge: Knowledge, rule: str) -> Case:
    """Return a client, of whom as little as can be is known, to whom a rule gives its advice.

    Raises:
        ScaffoldError: there is no such client.
    """
    bench = Workbench(knowledge, ())
    return _client(bench, next(one for one in bench.rules if one.id == rule), "waar")


def new_case(knowledge: Knowledge, case: Case, title: str) -> NewFile:
    """Write a case that expects what Leidraad says now.

    Raises:
        NotCoveredError: no protocol version, parameter value or authority covers it.
        ScaffoldError: it is more than the rule engine can carry.
    """
    _hold_to(CaseId, case.id)
    try:
        statuses = {one.rule.id: one.status for one in consult(knowledge, case).advices}
    except BoundsError as error:
        raise ScaffoldError(str(error)) from error
    story = "Schrijf hier in twee of drie zinnen wat er aan de hand is, zonder namen."
    remarks = (_MARK.removeprefix("# ").strip(), "De verwachting is wat Leidraad nu zegt.")
    # Of a client of whom little is known most rules are open, and so will the next one be.
    text = write_case(case, case.id, title, story, statuses, remarks, rest=Status.OPEN)
    return NewFile(PurePosixPath(case.protocols[0], f"{case.id}.yaml"), text)


def _case(bench: Workbench, rule: Written, word: str) -> NewFile:
    case = _client(bench, rule, word)
    name = f"{rule.id.replace('.', '-')}-{word}"
    return new_case(bench.knowledge, replace(case, id=name), f"{rule.bound.rule.title}: {word}")


def _client(bench: Workbench, rule: Written, word: str) -> Case:
    leaf = OneOf(rule.id, ("ja",))
    try:
        for setting in bench.settings_of(rule):
            clients = setting.clients
            claim = {
                "waar": clients.yes(setting.program.effect(rule.id)),
                "onwaar": clients.false(leaf),
                "onbekend": clients.open(leaf),
            }[word]
            facts = clients.smallest(claim)
            if facts is not None:
                return setting.witness(facts, "", (rule.id,)).case
    except UndecidedError as error:
        raise ScaffoldError(
            "Leidraad vindt niet op tijd een cliënt voor deze voorwaarde. Maak haar eenvoudiger."
        ) from error
    raise ScaffoldError(f"De voorwaarde van {rule.id!r} is bij niemand {word}; kijk haar na.")


def _place_for(knowledge: Knowledge, rule: NewRule) -> BoundProtocol:
    """Return the last version of the protocol that a rule comes in."""
    _hold_to(RuleId, rule.id)
    latest = knowledge.protocols[rule.protocol][-1]
    if any(bound.rule.id == rule.id for bound in latest.rules):
        raise ScaffoldError(f"Er is al een regel die {rule.id!r} heet.")
    return latest


def _with_rule(document: Document, rule: NewRule) -> str:
    """Return a file with a rule at the end of its list, everything else as it was."""
    lines = document.content.decode("utf-8-sig").splitlines()
    begin, _ = document.place(("regels",), key=True)
    keys = document.data if isinstance(document.data, dict) else {}
    after = [document.place((key,), key=True)[0] - 1 for key in keys]
    end = min((line for line in after if line >= begin), default=len(lines))
    _, column = document.place(("regels", 0))
    lines[end:end] = _rule(rule, indent=column - 3).splitlines()
    return "".join(f"{line}\n" for line in lines)


def _rule(rule: NewRule, *, indent: int) -> str:
    """Write a rule as an item of the list of rules."""
    text = (
        f"- id: {rule.id}\n"
        f"  titel: {_title(rule.id.partition('.')[2])}\n"
        "  als:\n"
        f"{_indented(_condition(rule.when), 4)}"
        f"  dan: {{handeling: {_flow(rule.action)}, richting: {rule.direction}}}\n"
        "  # Is het meer dan iets om aan te denken? Kies een andere norm en voeg 'afwijken' toe.\n"
        "  norm: overweging\n"
        "  omdat: Schrijf hier waarom de regel er is.\n"
        f"  bronnen: [{_flow(rule.source)}]\n"
        "  onderbouwing: praktijk\n"
        "  zekerheid: twijfel\n"
        "  twijfel: Schrijf hier wat er niet zeker is.\n"
    )
    return _indented(text, indent)


def _condition(written: str) -> str:
    """Return a condition as block YAML; a name alone asks for yes.

    Raises:
        ScaffoldError: it isn't YAML.
    """
    said = f"{written}: ja" if re.fullmatch(r"[a-z0-9_]+", written) else written
    document = read_text(said.encode(), "--als")
    if document.findings or not isinstance(document.data, dict):
        what = document.findings[0].what if document.findings else "Hier hoort een voorwaarde."
        raise ScaffoldError(f"De voorwaarde bij --als is niet te lezen. {what}")
    return yaml.safe_dump(_lists(document.data), allow_unicode=True, sort_keys=False, width=100)


def _lists(data: Any) -> Any:
    """Write the tuples of a document as lists, which is what YAML knows."""
    if isinstance(data, dict):
        return {key: _lists(value) for key, value in data.items()}
    return [_lists(item) for item in data] if isinstance(data, tuple) else data


def _flow(text: str) -> str:
    """Write a text so that it is one value, also between brackets."""
    if re.fullmatch(r"[a-z][a-z0-9_]*", text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _indented(text: str, spaces: int) -> str:
    return "".join(f"{' ' * spaces}{line}" for line in text.splitlines(keepends=True))


def _title(name: str) -> str:
    """Return a name as words, between quotes where they would be read as something else."""
    said = name.replace("-", " ").strip().capitalize() or name
    read = read_text(f"- {said}".encode(), "")
    return said if read.data == (said,) and not read.findings else _flow(said)


def _version_file(protocol: str, since: date) -> PurePosixPath:
    return PurePosixPath("protocollen", protocol, f"{since}.yaml")


def _hold_to(form: Any, name: str) -> None:
    """Hold a name to its form.

    Raises:
        ScaffoldError: it has another form, or is too long.
    """
    try:
        TypeAdapter(form).validate_python(name)
    except ValidationError as error:
        context = error.errors()[0].get("ctx", {})
        why = (
            f"heeft niet de juiste vorm: {FORMS[context['pattern']]}"
            if "pattern" in context
            else f"is te lang: hoogstens {context['max_length']} tekens"
        )
        raise ScaffoldError(f"{name!r} {why}.") from error
