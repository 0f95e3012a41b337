"""Two versions of the small knowledge base, cases that tell them apart, and decisions on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from engine.case import Case
from engine.consult import consult
from engine.decisions import (
    CaseOpened,
    Decided,
    Decision,
    DeviationKind,
    Erased,
    ErasureGround,
    Event,
    FactsRecorded,
    contract_for,
    deviate,
    follow,
    skip,
)
from engine.library import Knowledge
from engine.words import Decider
from tests.engine.worlds import PROTOCOL, TODAY, files, knowledge

NAMESPACE = UUID(int=11)
SENTENCE = "Dit staat hier zo opgeschreven dat een collega het begrijpt, voor {}."

NEW_FACT = """  - id: leeftijd
    naam: de leeftijd
    zin: de cliënt is {}
    soort: aantal
    eenheid: {een: jaar, meer: jaar}
    vraag: Hoe oud is de cliënt?
    wie: [client]
    waarom: Voor jongeren geldt iets anders.
"""
NEW_RULE = """  - id: proef.jong
    titel: Jong en duur
    als:
      alle:
        - leeftijd: {minder_dan: 27}
        - kosten: {meer_dan: kosten_grens}
    dan: {handeling: scholing_inzetten, richting: doen}
    norm: overweging
    omdat: Wie jong is, heeft er langer iets aan.
    bronnen: ["proefwet#8"]
    onderbouwing: praktijk
    zekerheid: gelezen
"""
SMALL_CASE = """casus: {id}
titel: {title}
verhaal: Een verzonnen cliënt wil leren.
peildatum: 2026-11-22
instantie: {authority}
protocollen: [proef]
feiten: {facts}
verwacht:
  overig: geldt_niet
"""
CASES = {
    "duur": ("Een dure opleiding", "uwv", "{kosten: 2700, notitie: Over kosten}"),
    "heel-duur": ("Een heel dure opleiding", "uwv", "{kosten: 9000, richting: zorg}"),
    "goedkoop": ("Een goedkope opleiding", "uwv", "{kosten: 1200}"),
    "gemeente": ("Een opleiding in Proefdorp", "proefdorp", "{kosten: 1100, duur: betwist}"),
    "jong": ("Een jonge cliënt", "uwv", "{kosten: 9000, leeftijd: 20}"),
    "leeg": ("Er is nog niets bekend", "uwv", "{}"),
}


def texts() -> dict[str, str]:
    """The files of the old version."""
    return dict(files())


def changed(old: Mapping[str, str], *edits: tuple[str, str, str]) -> dict[str, str]:
    """The files with some passages replaced; each must be there."""
    new = dict(old)
    for name, passage, replacement in edits:
        assert passage in new[name], f"{passage!r} is not in {name}"
        new[name] = new[name].replace(passage, replacement)
    return new


def next_version() -> dict[str, str]:
    """A new version in which something of every sort is new, gone or changed."""
    new = changed(
        texts(),
        ("parameters/proef.yaml", "2026-01-01, waarde: 2500", "2026-01-01, waarde: 3000"),
        (PROTOCOL, "kosten_bespreken, richting: doen", "kosten_bespreken, richting: niet_doen"),
        ("feiten/proef.yaml", "vraag: Wat kost de opleiding?", "vraag: Wat kost het?"),
    )
    facts, notes, rest = new["feiten/proef.yaml"].partition("  - id: notitie\n")
    assert notes
    assert rest
    return new | {
        "feiten/proef.yaml": facts + NEW_FACT,
        PROTOCOL: new[PROTOCOL] + NEW_RULE,
    }


def put(folder: Path, content: Mapping[str, str]) -> Path:
    """Write files in a folder."""
    for name, text in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def cases(folder: Path, names: Iterable[str] = tuple(CASES)) -> Path:
    """Write some of the cases."""
    told = {
        f"proef/{name}.yaml": SMALL_CASE.format(id=name, title=title, authority=who, facts=facts)
        for name, (title, who, facts) in CASES.items()
        if name in names
    }
    folder.mkdir(parents=True, exist_ok=True)
    return put(folder, told)


class Log:
    """Events as a record would give them back, made without one."""

    def __init__(self, known: Knowledge | None = None) -> None:
        self.known = known or knowledge()
        self.events: list[Event] = []
        self._at = datetime(2026, 11, 22, 9, tzinfo=UTC)
        self._cases: dict[str, Case] = {}

    def add(self, case: str, body: Any) -> None:
        self._at += timedelta(seconds=60)
        seq = len(self.events) + 1
        self.events.append(Event(seq, uuid5(NAMESPACE, str(seq)), case, self._at, "an", body))

    def opened(self, case: str, *, example: bool = False, **facts: Any) -> None:
        self._cases[case] = Case(case, TODAY, "uwv", ("proef",))
        body = CaseOpened(
            title="Proef",
            story="",
            authority="uwv",
            protocols=("proef",),
            reference_date=TODAY,
            example=example,
            facts=facts,
        )
        self.add(case, body)
        self._answer(case, facts)

    def answers(self, case: str, **facts: Any) -> None:
        self.add(case, FactsRecorded(facts=facts))
        self._answer(case, facts)

    def _answer(self, case: str, facts: Mapping[str, Any]) -> None:
        for name, raw in facts.items():
            self._cases[case] = self._cases[case].answer(self.known, name, raw)

    def follows(self, case: str, rule: str) -> None:
        made = follow(consult(self.known, self._cases[case]), rule, decided_on=TODAY)
        self.add(case, Decided(decision=made, receipt={}))

    def skips(self, case: str, rule: str) -> None:
        made = skip(consult(self.known, self._cases[case]), rule, decided_on=TODAY)
        self.add(case, Decided(decision=made, receipt={}))

    def deviates(self, case: str, rule: str) -> None:
        self.add(case, Decided(decision=self._deviation(case, rule), receipt={}))

    def _deviation(self, case: str, rule: str) -> Decision:
        seen = consult(self.known, self._cases[case])
        contract = contract_for(seen, rule)
        assert contract is not None
        return deviate(
            seen,
            rule,
            decided_on=TODAY,
            kind=DeviationKind.NORM_WEIGHED,
            ground="anders",
            elements={
                element: SENTENCE.format(f"{element} in {case}") for element in contract.required
            },
            instead="Eerst samen uitzoeken wat er wel kan.",
            decided_by=Decider.LAWYER,
            review_on=date(2026, 12, 22),
        )

    def erased(self, case: str) -> None:
        self.add(case, Erased(ground=ErasureGround.TERM))
