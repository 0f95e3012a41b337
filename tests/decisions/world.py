"""A small made-up body of knowledge in memory, a case in it, and sound decisions on its advice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from engine.case import Case
from engine.consult import Consultation, consult
from engine.decisions import Deviation, DeviationKind, contract_for, deviate
from engine.library import Knowledge
from engine.loading import assemble
from engine.reader import read_text
from engine.words import Decider, Norm

TODAY = date(2026, 11, 22)
NORMS = tuple(Norm)
_TICKS = count()
SENTENCE = "Dit staat hier zo opgeschreven dat een collega het begrijpt."

FACTS = """
feiten:
  - id: wil
    naam: de wens
    soort: ja_nee
    zin: de client wil dit
    zin_niet: de client wil dit niet
    vraag: Wil de client dit?
    wie: [client]
    waarom: Zonder wens heeft het geen zin.
  - id: ziek
    naam: de ziekte
    soort: ja_nee
    zin: de client is ziek
    zin_niet: de client is niet ziek
    vraag: Is de client ziek?
    wie: [client]
    waarom: Dan wacht het.
  - id: maanden
    naam: de duur
    soort: aantal
    eenheid: {een: maand, meer: maanden}
    zin: het duurt {}
    vraag: Hoe lang duurt het?
    maximum: 120
    wie: [client]
    waarom: Voor de grens.
  - id: sinds
    naam: de begindatum
    soort: datum
    zin: het begon op {}
    vraag: Wanneer begon het?
    wie: [client]
    waarom: Voor de termijn.
  - id: nota
    naam: de aantekening
    soort: tekst
    zin: de aantekening
    vraag: Wat valt op?
    wie: [professional]
    waarom: Voor het verslag.
"""
ACTIONS = """
handelingen:
  - {id: stap, titel: Zet de stap, titel_niet: Zet de stap niet}
"""
SOURCES = """
bronnen:
  - {id: proefbron, titel: Proefbron, soort: rapport, gelezen_versie: eerste druk}
"""
GROUNDS = """
gronden:
  - {id: veiligheid, naam: Veiligheid, toelichting: Er is gevaar.}
  - {id: anders, naam: Anders, toelichting: Geen andere grond past.}
  - {id: wens_client, naam: Wens, toelichting: De client kiest.}
"""
_RULE = """
  - id: proef.{name}
    titel: Proefregel {name}
    als: {{{when}}}
    dan: {{handeling: stap, richting: doen}}
    norm: {norm}
    omdat: Zo is het afgesproken.
    bronnen: ["proefbron#1"]
    onderbouwing: praktijk
    zekerheid: gelezen
"""
_CONTRACT = """    afwijken:
      gronden: [veiligheid, anders]
      vereist: [{extra}]
      beslist: {decider}
      herzien_na: 3 maanden
"""


def _rules() -> str:
    text = "protocol: proef\ntitel: Proef\ngeldig_vanaf: 2026-01-01\ntoelichting: Proef\nregels:\n"
    for norm in NORMS:
        text += _RULE.format(name=norm, norm=norm, when="wil: ja")
        decider = "leidinggevende" if norm in (Norm.ACT, Norm.REGULATION) else "professional"
        if norm is not Norm.CONSIDERATION:
            text += _CONTRACT.format(extra="", decider=decider)
    text += _RULE.format(name="strenger", norm="werkwijze", when="wil: ja")
    text += _CONTRACT.format(extra="bewijsstuk, weging", decider="jurist")
    text += _RULE.format(name="bijzonder", norm="overweging", when="wil: ja")
    text += _CONTRACT.format(extra="weging", decider="professional")
    text += _RULE.format(name="tijdelijk", norm="werkwijze", when="wil: ja")
    text += _CONTRACT.format(extra="", decider="professional")
    text += _RULE.format(name="ziekte", norm="overweging", when="ziek: ja")
    text += "    uitzondering_op: [proef.tijdelijk]\n"
    return text


@cache
def knowledge(facts: str = FACTS) -> Knowledge:
    files = {
        "feiten/proef.yaml": facts,
        "handelingen.yaml": ACTIONS,
        "bronnen.yaml": SOURCES,
        "afwijkgronden.yaml": GROUNDS,
        "protocollen/proef/2026-01-01.yaml": _rules(),
    }
    return assemble([read_text(text.encode(), name) for name, text in files.items()])


def clock() -> datetime:
    """A moment on the day of the tests, later at each call."""
    return datetime(2026, 11, 22, 9, tzinfo=UTC) + timedelta(seconds=next(_TICKS))


def a_case(case_id: str = "c-proef", **answers: Any) -> Case:
    case = Case(case_id, TODAY, "uwv", ("proef",))
    for name, raw in answers.items():
        case = case.answer(knowledge(), name, raw)
    return case


def consulted(case_id: str = "c-proef", **answers: Any) -> Consultation:
    return consult(knowledge(), a_case(case_id, **({"wil": "ja"} | answers)))


def sound_parts(consultation: Consultation, rule: str) -> dict[str, Any]:
    """Everything that a deviation from this rule has to account for."""
    contract = contract_for(consultation, rule)
    assert contract is not None
    return {
        "kind": DeviationKind.NORM_WEIGHED,
        "ground": "veiligheid",
        "elements": dict.fromkeys(contract.required, SENTENCE),
        "instead": "Eerst samen uitzoeken wat er wel kan.",
        "decided_by": Decider.LAWYER,
        "review_on": date(2026, 12, 22),
    }


def deviation(
    consultation: Consultation, rule: str, changes: Mapping[str, Any] | None = None
) -> Deviation:
    parts = sound_parts(consultation, rule) | dict(changes or {})
    return deviate(consultation, rule, decided_on=TODAY, **parts)
