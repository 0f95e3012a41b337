"""What one item of the knowledge owes to the others: names that exist, fields that belong together.

Each check takes an entry and the catalogue and reports at the place of the mistake.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from engine.condition_syntax import GROUPS
from engine.conditions import Between, Compare, Condition, Older, Op, ParameterRef, leaves
from engine.diagnostics import closest
from engine.entries import Entries, Entry
from engine.knowledge import (
    AUTHORITY,
    Action,
    Fact,
    Ground,
    Model,
    Notion,
    Parameter,
    ParameterValue,
    Phrased,
    Protocol,
    Rule,
    Source,
)
from engine.knowledge_files import (
    ActionFile,
    FactFile,
    GroundFile,
    NotionFile,
    ParameterFile,
    SourceFile,
)
from engine.reader import Document, PathKey
from engine.scripts import Script, ScriptFile
from engine.self_scan import ScanQuestion, ScanTheme, SelfScan
from engine.words import (
    Certainty,
    Changeable,
    Decider,
    FactKind,
    Norm,
    NotionKind,
    Respondent,
)

RESERVED_ANSWERS = frozenset({"ja", "nee", "onbekend", "betwist", "geen"})
RESERVED_NAMES = RESERVED_ANSWERS | {AUTHORITY, *GROUPS, "minstens", "van"}


@dataclass(slots=True)
class Catalogue:
    """Everything that was defined, by kind."""

    facts: Entries[Fact] = field(default_factory=lambda: Entries(Fact))
    notions: Entries[Notion] = field(default_factory=lambda: Entries(Notion))
    parameters: Entries[Parameter] = field(default_factory=lambda: Entries(Parameter))
    sources: Entries[Source] = field(default_factory=lambda: Entries(Source))
    actions: Entries[Action] = field(default_factory=lambda: Entries(Action))
    grounds: Entries[Ground] = field(default_factory=lambda: Entries(Ground))
    themes: Entries[ScanTheme] = field(default_factory=lambda: Entries(ScanTheme))
    questions: Entries[ScanQuestion] = field(default_factory=lambda: Entries(ScanQuestion))
    scripts: Entries[Script] = field(default_factory=lambda: Entries(Script))
    protocol_ids: set[str] = field(default_factory=set)
    rule_ids: set[str] = field(default_factory=set)
    limitless: set[str] = field(default_factory=set)

    def registers(self, file_kind: type[Model]) -> list[tuple[str, Entries[Any]]]:
        """Return which lists of a kind of file go where."""
        where: dict[type[Model], list[tuple[str, Entries[Any]]]] = {
            FactFile: [("feiten", self.facts)],
            NotionFile: [("begrippen", self.notions)],
            ParameterFile: [("parameters", self.parameters)],
            SourceFile: [("bronnen", self.sources)],
            ActionFile: [("handelingen", self.actions)],
            GroundFile: [("gronden", self.grounds)],
            SelfScan: [("themas", self.themes), ("vragen", self.questions)],
            ScriptFile: [("vormen", self.scripts)],
        }
        return where.get(file_kind, [])


def check_name(
    document: Document, path: PathKey, name: str, known: Entries[Any], what: str
) -> None:
    """Report a reference to something that doesn't exist."""
    if not known.knows(name):
        document.report(
            path,
            "naam-onbekend",
            f"Er is geen {what} die {name!r} heet.",
            suggestion=closest(name, [*known.found, *known.damaged]),
        )


def check_sources(
    document: Document, path: PathKey, references: Iterable[str], catalogue: Catalogue
) -> None:
    """Report sources that ``bronnen.yaml`` doesn't know."""
    for index, reference in enumerate(references):
        name = reference.split("#")[0]
        check_name(document, (*path, index), name, catalogue.sources, "bron")


def check_phrasing(entry: Entry[Fact] | Entry[Notion], kind: FactKind) -> None:
    """Report sentences and options that don't fit the type of the answer."""
    item: Phrased = entry.item
    document, path = entry.document, entry.path
    if item.id in RESERVED_NAMES:
        document.report((*path, "id"), "naam-gereserveerd", f"{item.id!r} heeft al een betekenis.")
    slot = "{}" in item.sentence
    if kind is FactKind.YES_NO and slot:
        document.report((*path, "zin"), "zin-vorm", "Bij ja_nee hoort een hele zin, zonder {}.")
    if kind not in (FactKind.YES_NO, FactKind.TEXT) and not slot:
        document.report(
            (*path, "zin"), "zin-vorm", "In deze zin ontbreekt {} op de plek van het antwoord."
        )
    if kind in (FactKind.YES_NO, FactKind.CHOICE):
        if item.sentence_not is None:
            document.report(path, "zin-ontbreekt", "De sleutel 'zin_niet' ontbreekt.")
        elif ("{}" in item.sentence_not) is not (kind is FactKind.CHOICE):
            document.report(
                (*path, "zin_niet"), "zin-vorm", "'zin_niet' heeft een andere vorm dan 'zin'."
            )
    for key, said, like in (
        ("zin_u", item.sentence_you, item.sentence),
        ("zin_niet_u", item.sentence_not_you, item.sentence_not),
    ):
        if said is not None and ("{}" in said) is not ("{}" in (like or "")):
            what = f"{key!r} heeft een andere vorm dan de zin waar het bij hoort."
            document.report((*path, key), "zin-vorm", what)
    _check_options(document, path, item, kind)


def _check_options(document: Document, path: PathKey, item: Phrased, kind: FactKind) -> None:
    if kind is not FactKind.CHOICE:
        if item.options:
            document.report((*path, "opties"), "opties-teveel", "Opties horen alleen bij 'keuze'.")
        return
    if len(item.options) < 2:
        document.report(path, "opties-te-weinig", "Een keuze heeft minstens twee opties.")
    seen: set[str] = set()
    for index, option in enumerate(item.options):
        here = (*path, "opties", index, "id")
        if option.id in RESERVED_ANSWERS:
            document.report(here, "optie-naam", f"{option.id!r} kan geen optie zijn.")
        if option.id in seen:
            document.report(here, "id-dubbel", f"De optie {option.id!r} staat er twee keer.")
        seen.add(option.id)


def check_fact(entry: Entry[Fact]) -> None:
    """Check one question by itself."""
    fact, document, path = entry.item, entry.document, entry.path
    check_phrasing(entry, fact.kind)
    if fact.kind is FactKind.NUMBER and fact.unit is None:
        document.report(path, "eenheid-ontbreekt", "Bij een aantal hoort 'eenheid'.")
    if fact.kind is not FactKind.NUMBER and fact.unit is not None:
        document.report((*path, "eenheid"), "eenheid-teveel", "Een eenheid hoort bij een aantal.")
    if fact.changeable is Changeable.ONLY_TO_YES and fact.kind is not FactKind.YES_NO:
        what = "'alleen_naar_ja' hoort bij een vraag met ja of nee."
        document.report((*path, "veranderlijk"), "waarde-onjuist", what)
    if fact.question_you is not None and Respondent.CLIENT not in fact.respondents:
        what = "Deze vraag gaat niet naar de cliënt: 'client' staat niet bij 'wie'."
        document.report((*path, "vraag_u"), "waarde-onjuist", what)
    if fact.minimum > fact.maximum:
        document.report((*path, "minimum"), "waarde-onjuist", "Het minimum ligt boven het maximum.")


def check_notion(entry: Entry[Notion], catalogue: Catalogue) -> None:
    """Check that a notion has a condition or a table, as its type asks, and known sources."""
    notion, document, path = entry.item, entry.document, entry.path
    check_phrasing(entry, FactKind(notion.kind.value))
    check_sources(document, (*path, "bronnen"), notion.sources, catalogue)
    if notion.id in catalogue.facts.found:
        document.report((*path, "id"), "id-dubbel", f"Er is al een feit dat {notion.id!r} heet.")
    if notion.kind is NotionKind.YES_NO:
        if notion.when is None or notion.table or notion.otherwise:
            document.report(path, "begrip-vorm", "Een ja/nee-begrip heeft 'als' en geen 'tabel'.")
        return
    if not notion.table or notion.when is not None:
        document.report(path, "begrip-vorm", "Een begrip met keuzes heeft 'tabel' en geen 'als'.")
    if notion.otherwise is None:
        document.report(
            path,
            "begrip-anders",
            "De sleutel 'anders' ontbreekt.",
            "Een tabel moet altijd een antwoord geven; zeg wat geldt als geen regel past.",
        )
    _check_values(document, path, notion)


def _check_values(document: Document, path: PathKey, notion: Notion) -> None:
    """Check that table and options name the same values."""
    options = [option.id for option in notion.options]
    used = [row.value for row in notion.table] + ([notion.otherwise] if notion.otherwise else [])
    for index, value in enumerate(used):
        if value in options:
            continue
        here = ("tabel", index, "waarde") if index < len(notion.table) else ("anders",)
        document.report(
            (*path, *here),
            "waarde-onbekend",
            f"{value!r} staat niet bij de opties.",
            suggestion=closest(value, options),
        )
    for index, option in enumerate(options):
        if option not in used:
            document.report(
                (*path, "opties", index, "id"),
                "optie-ongebruikt",
                f"Geen enkele rij van de tabel geeft {option!r}.",
            )


def check_values(
    document: Document, path: PathKey, values: tuple[ParameterValue, ...], catalogue: Catalogue
) -> None:
    """Check the dated values of a threshold: sources, order and no two from the same day."""
    seen: set[tuple[object, ...]] = set()
    for index, value in enumerate(values):
        here = (*path, "waarden", index)
        check_sources(document, (*here, "bronnen"), value.sources, catalogue)
        if value.until is not None and value.until < value.since:
            document.report((*here, "tot_en_met"), "datum-volgorde", "Dit eindigt voor het begin.")
        key = (value.since, value.applies_to)
        if key in seen:
            document.report((*here, "vanaf"), "waarde-dubbel", "Voor deze dag is er al een waarde.")
        seen.add(key)


def check_override(
    document: Document, path: PathKey, values: tuple[ParameterValue, ...], name: str
) -> None:
    """Report own values of an authority that say for whom they are: the file says that."""
    for index, value in enumerate(values):
        if value.applies_to is not None:
            document.report(
                (*path, "waarden", index, "voor"),
                "voor-teveel",
                f"Deze waarde geldt al alleen voor {name!r}.",
                "Haal 'voor' weg.",
            )


def check_condition(
    document: Document, path: PathKey, condition: Condition, catalogue: Catalogue
) -> None:
    """Report thresholds that may be absent where only a number makes sense."""
    for leaf in leaves(condition):
        match leaf:
            case Compare(bound=ParameterRef() as bound, op=op) if op not in (Op.GT, Op.LE):
                used = [bound]
            case Between(low=low, high=high):
                used = [end for end in (low, high) if isinstance(end, ParameterRef)]
            case Older(amount=ParameterRef() as amount):
                used = [amount]
            case _:
                used = []
        for reference in used:
            if reference.name in catalogue.limitless:
                document.report(
                    path,
                    "grens-afwezig",
                    f"{reference.name!r} heeft ergens de waarde 'geen'.",
                    "Zo'n grens kan alleen met 'meer_dan' of 'hoogstens'.",
                )


def check_action(entry: Entry[Action], catalogue: Catalogue) -> None:
    """Check that the protocol that an action leads to exists, and the kind of its decision."""
    if entry.item.decision_kind is not None and not entry.item.legal_effect:
        what = "Alleen een stap met 'rechtsgevolg: ja' is een besluit."
        entry.document.report((*entry.path, "soort_besluit"), "waarde-onjuist", what)
    name = entry.item.leads_to
    if name is not None and name not in catalogue.protocol_ids:
        entry.document.report(
            (*entry.path, "protocol"),
            "naam-onbekend",
            f"Er is geen protocol dat {name!r} heet.",
            suggestion=closest(name, catalogue.protocol_ids),
        )


def check_self_scan(entry: Entry[SelfScan], catalogue: Catalogue) -> None:
    """Check that the questions of the self-scan name themes and sources that exist."""
    scan, document = entry.item, entry.document
    check_sources(document, ("bronnen",), scan.sources, catalogue)
    for index, question in enumerate(scan.questions):
        path: PathKey = ("vragen", index)
        check_sources(document, (*path, "bronnen"), question.sources, catalogue)
        if not catalogue.themes.knows(question.theme):
            document.report(
                (*path, "thema"),
                "naam-onbekend",
                f"Er is geen thema dat {question.theme!r} heet.",
                suggestion=closest(question.theme, catalogue.themes.found),
            )


def check_scripts(entry: Entry[ScriptFile], catalogue: Catalogue) -> None:
    """Check that the scripts for a group name sources that exist."""
    check_sources(entry.document, ("bronnen",), entry.item.sources, catalogue)
    for index, script in enumerate(entry.item.scripts):
        check_sources(entry.document, ("vormen", index, "bronnen"), script.sources, catalogue)


def check_protocol(entry: Entry[Protocol], catalogue: Catalogue) -> None:
    """Check a version of a protocol: its file name, its dates and every rule."""
    protocol, document = entry.item, entry.document
    expected = f"protocollen/{protocol.id}/{protocol.valid_from}.yaml"
    if document.name != expected:
        document.report(
            ("geldig_vanaf",),
            "bestand-naam",
            f"Dit bestand hoort {expected} te heten.",
            "De naam van de map is het protocol, de naam van het bestand de datum van ingang.",
        )
    if protocol.valid_until is not None and protocol.valid_until < protocol.valid_from:
        document.report(("geldig_tot_en_met",), "datum-volgorde", "Dit eindigt voor het begin.")
    seen: set[str] = set()
    for index, rule in enumerate(protocol.rules):
        path: PathKey = ("regels", index)
        if rule.id in seen:
            document.report((*path, "id"), "id-dubbel", f"De regel {rule.id!r} staat er al.")
        seen.add(rule.id)
        check_rule(Entry(rule, document, path), protocol, catalogue)


def check_rule(entry: Entry[Rule], protocol: Protocol, catalogue: Catalogue) -> None:
    """Check the names in a rule and what its kind of norm demands (Awb 4:81-4:84)."""
    rule, document, path = entry.item, entry.document, entry.path
    if not rule.id.startswith(f"{protocol.id}."):
        document.report(
            (*path, "id"), "id-vorm", f"De id van deze regel begint met '{protocol.id}.'."
        )
    action = rule.advice.action
    check_name(document, (*path, "dan", "handeling"), action, catalogue.actions, "handeling")
    check_sources(document, (*path, "bronnen"), rule.sources, catalogue)
    for index, target in enumerate(rule.exception_to):
        if target in rule.exception_to[:index]:
            place = (*path, "uitzondering_op", index)
            document.report(place, "id-dubbel", f"De regel {target!r} staat er twee keer.")
        if target not in catalogue.rule_ids:
            document.report(
                (*path, "uitzondering_op", index),
                "naam-onbekend",
                f"Er is geen regel die {target!r} heet.",
                suggestion=closest(target, catalogue.rule_ids),
            )
    if rule.certainty is not Certainty.READ and rule.doubt is None:
        document.report(
            path,
            "twijfel-ontbreekt",
            f"Bij zekerheid '{rule.certainty}' hoort de sleutel 'twijfel'.",
            "Zeg in gewone woorden wat er niet zeker is.",
        )
    _check_deviation(document, path, rule, catalogue)


def _check_deviation(document: Document, path: PathKey, rule: Rule, catalogue: Catalogue) -> None:
    if rule.deviation is None:
        if rule.norm is not Norm.CONSIDERATION:
            document.report(
                path,
                "afwijken-ontbreekt",
                "De sleutel 'afwijken' ontbreekt.",
                "Alleen een overweging mag u zonder reden overslaan.",
            )
        return
    here = (*path, "afwijken")
    for index, ground in enumerate(rule.deviation.grounds):
        check_name(document, (*here, "gronden", index), ground, catalogue.grounds, "afwijkgrond")
    if rule.norm.is_binding and rule.deviation.decider is Decider.PROFESSIONAL:
        document.report(
            (*here, "beslist"),
            "afwijken-wet",
            "Van een wet of regeling kan de professional niet zelf afwijken.",
            "Laat een leidinggevende of jurist beslissen.",
        )
