"""Reads the whole knowledge folder: every file, every reference, every finding at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from engine.binding import Binder
from engine.diagnostics import Diagnostic, KnowledgeError
from engine.entries import Entry, raw_items
from engine.knowledge import (
    AUTHORITY,
    Model,
    ParameterValue,
    Protocol,
)
from engine.knowledge_files import (
    ActionFile,
    FactFile,
    GroundFile,
    NotionFile,
    ParameterFile,
    SourceFile,
)
from engine.library import (
    AUTHORITY_FACT,
    Authority,
    Knowledge,
    client_phrasing_of,
    phrasing_of,
)
from engine.reader import Document, read_file, yaml_files
from engine.references import (
    Catalogue,
    check_action,
    check_fact,
    check_name,
    check_notion,
    check_override,
    check_protocol,
    check_scripts,
    check_self_scan,
    check_values,
)
from engine.scripts import ScriptFile
from engine.self_scan import SelfScan
from engine.validation import build
from engine.wording import Phrasing, threshold
from engine.words import AuthorityKind

KINDS: Mapping[str, type[Model]] = {
    "feiten/*.yaml": FactFile,
    "begrippen/*.yaml": NotionFile,
    "parameters/*.yaml": ParameterFile,
    "bronnen.yaml": SourceFile,
    "handelingen.yaml": ActionFile,
    "afwijkgronden.yaml": GroundFile,
    "zelfanalyse.yaml": SelfScan,
    "intervisie.yaml": ScriptFile,
    "protocollen/*/*.yaml": Protocol,
}
"""Where each kind of file lives in the knowledge folder."""


def kind_of(name: str) -> type[Model] | None:
    """Return the model of the file with this name inside the knowledge folder."""
    for pattern, model in KINDS.items():
        if fnmatch(name, pattern) and name.count("/") == pattern.count("/"):
            return model
    return None


def load(folder: Path) -> Knowledge:
    """Read and check the knowledge folder.

    Raises:
        KnowledgeError: with all findings of all files.
    """
    return assemble(read_folder(folder))


def read_folder(folder: Path) -> list[Document]:
    """Read every YAML file of the folder, in a fixed order; names are relative to the folder."""
    return [read_file(path, path.relative_to(folder).as_posix()) for path in yaml_files(folder)]


def assemble(documents: Sequence[Document]) -> Knowledge:
    """Check the documents against their models and each other, and bind them together.

    Raises:
        KnowledgeError: with all findings of all files.
    """
    assembly = _Assembly()
    for document in documents:
        assembly.collect(document)
    assembly.check()
    binder = Binder(assembly.catalogue)
    notions = binder.notions()
    protocols = binder.protocols(assembly.protocols)
    findings = [finding for document in documents for finding in document.findings]
    if not documents:
        what = "Er is geen enkel YAML-bestand met kennis gevonden."
        findings.append(Diagnostic("kennis", 0, 0, "kennis-leeg", what))
    if findings:
        raise KnowledgeError(findings)
    catalogue = assembly.catalogue
    facts = {AUTHORITY: AUTHORITY_FACT, **catalogue.facts.items()}
    phrased = [*facts.values(), *(bound.notion for bound in notions.values())]
    thresholds = {
        threshold(name): Phrasing(parameter.label, "{}", "{}", {})
        for name, parameter in catalogue.parameters.items().items()
    }
    return Knowledge(
        facts=facts,
        notions=notions,
        parameters=catalogue.parameters.items(),
        overrides=assembly.overrides,
        authorities=assembly.authorities,
        sources=catalogue.sources.items(),
        actions=catalogue.actions.items(),
        grounds=catalogue.grounds.items(),
        protocols=protocols,
        files={document.name: document.digest for document in documents},
        contents={document.name: document.content for document in documents},
        self_scan=assembly.self_scan.item if assembly.self_scan else None,
        scripts={one.id: one for one in assembly.scripts.item.scripts} if assembly.scripts else {},
        lexicon={item.id: phrasing_of(item) for item in phrased} | thresholds,
        client_lexicon={item.id: client_phrasing_of(item) for item in phrased} | thresholds,
    )


@dataclass(slots=True)
class _Assembly:
    """What the files define, before it is bound together."""

    catalogue: Catalogue = field(default_factory=Catalogue)
    authorities: dict[str, Authority] = field(
        default_factory=lambda: {"uwv": Authority("uwv", AuthorityKind.UWV, "UWV")}
    )
    overrides: dict[str, dict[str, tuple[ParameterValue, ...]]] = field(default_factory=dict)
    protocols: list[Entry[Protocol]] = field(default_factory=list)
    self_scan: Entry[SelfScan] | None = None
    scripts: Entry[ScriptFile] | None = None
    own_values: list[tuple[Document, ParameterFile]] = field(default_factory=list)

    def collect(self, document: Document) -> None:
        """Validate a file by itself and register what it defines."""
        model = kind_of(document.name)
        if model is None:
            what = "Leidraad kent deze plek in de map met kennis niet."
            hint = "Bekende plekken: " + ", ".join(KINDS) + "."
            document.report((), "bestand-onbekend", what, hint)
            return
        result = build(document, model)
        for list_key, entries in self.catalogue.registers(model):
            entries.collect(document, list_key)
        if isinstance(result, ParameterFile):
            self._authority(document, result)
        if model is Protocol:
            self.catalogue.protocol_ids.add(document.name.split("/")[1])
            self.catalogue.rule_ids |= {
                str(raw.get("id")) for _, raw in raw_items(document, "regels")
            }
        if isinstance(result, Protocol):
            self.protocols.append(Entry(result, document, ()))
        if isinstance(result, SelfScan):
            self.self_scan = Entry(result, document, ())
        if isinstance(result, ScriptFile):
            self.scripts = Entry(result, document, ())

    def _authority(self, document: Document, file: ParameterFile) -> None:
        """Register the municipality that a parameter file is about, with its own values."""
        if file.authority is None:
            if file.overrides or file.label:
                what = "De sleutel 'instantie' ontbreekt: van wie zijn deze afwijkingen?"
                document.report((), "sleutel-ontbreekt", what)
            return
        if file.authority in self.authorities or file.label is None:
            what = "Een instantie heeft een eigen 'naam' en staat in een enkel bestand."
            document.report(("instantie",), "instantie-vorm", what)
            return
        kind = AuthorityKind.MUNICIPALITY
        self.authorities[file.authority] = Authority(file.authority, kind, file.label)
        self.overrides[file.authority] = {item.parameter: item.values for item in file.overrides}
        self.own_values.append((document, file))

    def check(self) -> None:
        """Check every item by itself and against the names of all files."""
        catalogue = self.catalogue
        for fact in catalogue.facts.found.values():
            check_fact(fact)
        for notion in catalogue.notions.found.values():
            check_notion(notion, catalogue)
        for parameter in catalogue.parameters.found.values():
            values = parameter.item.values
            check_values(parameter.document, parameter.path, values, catalogue)
        for document, file in self.own_values:
            seen: set[str] = set()
            for index, item in enumerate(file.overrides):
                path = ("afwijkingen", index)
                if item.parameter in seen:
                    what = f"De parameter {item.parameter!r} staat hier twee keer."
                    document.report((*path, "parameter"), "id-dubbel", what, "Voeg ze samen.")
                seen.add(item.parameter)
                check_override(document, path, item.values, str(file.authority))
                known = catalogue.parameters
                check_name(document, (*path, "parameter"), item.parameter, known, "parameter")
                check_values(document, path, item.values, catalogue)
        for action in catalogue.actions.found.values():
            check_action(action, catalogue)
        for protocol in self.protocols:
            check_protocol(protocol, catalogue)
        if self.self_scan is not None:
            check_self_scan(self.self_scan, catalogue)
        if self.scripts is not None:
            check_scripts(self.scripts, catalogue)
        self._note_limitless()

    def _note_limitless(self) -> None:
        """Note which thresholds can be absent: no limit somewhere, for some authority."""
        groups: list[tuple[str, Iterable[ParameterValue]]] = [
            (name, entry.item.values) for name, entry in self.catalogue.parameters.found.items()
        ]
        for own in self.overrides.values():
            groups.extend(own.items())
        self.catalogue.limitless |= {
            name for name, values in groups if any(value.value is None for value in values)
        }
