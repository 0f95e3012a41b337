from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from engine.consult import Consultation
from engine.decisions import DECIDERS, ELEMENTS, Contract, DeviationKind, contract_for
from engine.words import Decider, Element, Norm
from tests.decisions.world import NORMS, consulted

EXPECTED: dict[Norm, tuple[set[Element], Decider]] = {
    Norm.ACT: ({Element.EXIT, Element.WEIGHING}, Decider.MANAGER),
    Norm.REGULATION: ({Element.EXIT, Element.WEIGHING}, Decider.MANAGER),
    Norm.BYLAW: ({Element.HARDSHIP, Element.WEIGHING}, Decider.PROFESSIONAL),
    Norm.POLICY_RULE: (
        {Element.CIRCUMSTANCE, Element.EFFECT, Element.AIM, Element.BALANCE},
        Decider.PROFESSIONAL,
    ),
    Norm.WAY_OF_WORKING: ({Element.WEIGHING, Element.CLIENT_VIEW}, Decider.PROFESSIONAL),
}


def contract(consultation: Consultation, rule: str) -> Contract:
    found = contract_for(consultation, rule)
    assert found is not None
    return found


@pytest.mark.parametrize("norm", EXPECTED)
def test_each_norm_sets_its_minimum(consultation: Consultation, norm: Norm) -> None:
    found = contract(consultation, f"proef.{norm}")
    assert (set(found.required), found.decider) == EXPECTED[norm]


def test_every_norm_is_tested_and_a_bare_consideration_asks_nothing(
    consultation: Consultation,
) -> None:
    assert set(EXPECTED) | {Norm.CONSIDERATION} == set(NORMS)
    assert contract_for(consultation, "proef.overweging") is None


def test_a_rule_can_ask_for_more_than_its_norm(consultation: Consultation) -> None:
    found = contract(consultation, "proef.strenger")
    assert found.required == (Element.WEIGHING, Element.CLIENT_VIEW, Element.EVIDENCE)
    assert found.deciders == (Decider.LAWYER,)
    assert contract(consultation, "proef.bijzonder").required == (Element.WEIGHING,)


@pytest.mark.parametrize(
    ("norm", "change"),
    [
        ("beleidsregel", {"required": (Element.CIRCUMSTANCE, Element.EFFECT, Element.AIM)}),
        ("werkwijze", {"required": ()}),
        ("wet", {"decider": Decider.PROFESSIONAL}),
        ("wet", {"kinds": tuple(DeviationKind)}),
        ("wet", {"grounds": ()}),
        ("wet", {"review_after": "ooit"}),
    ],
)
def test_a_contract_never_asks_less_than_the_norm(
    consultation: Consultation, norm: str, change: dict[str, object]
) -> None:
    found = contract(consultation, f"proef.{norm}")
    with pytest.raises(ValidationError):
        found.model_copy(update=change)
    with pytest.raises(ValidationError):
        Contract.model_validate({**dict(found), **change})


def test_the_law_can_not_be_set_aside_for_not_fitting(consultation: Consultation) -> None:
    assert DeviationKind.RULE_MISFITS not in contract(consultation, "proef.wet").kinds
    assert DeviationKind.RULE_MISFITS not in contract(consultation, "proef.regeling").kinds
    assert set(contract(consultation, "proef.verordening").kinds) == set(DeviationKind)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("10 dagen", date(2026, 2, 10)),
        ("2 weken", date(2026, 2, 14)),
        ("1 maanden", date(2026, 2, 28)),
        ("0 dagen", date(2026, 1, 31)),
    ],
)
def test_the_review_span_counts_calendar_time(
    consultation: Consultation, span: str, expected: date
) -> None:
    found = contract(consultation, "proef.werkwijze").model_copy(update={"review_after": span})
    assert found.review_by(date(2026, 1, 31)) == expected
    assert found.review_by(date.max) == date.max


def test_everything_has_its_words() -> None:
    assert set(ELEMENTS) == set(Element)
    assert set(DECIDERS) == set(Decider)
    for asked in ELEMENTS.values():
        assert asked.label
        assert asked.question.endswith("?")
    assert len({kind.label for kind in DeviationKind}) == len(DeviationKind)


def test_a_rule_without_a_contract_that_is_no_consideration_is_refused() -> None:
    rule = consulted().advice("proef.werkwijze").rule
    with pytest.raises(ValueError, match="hoe u ervan kunt afwijken"):
        Contract.of(rule.model_copy(update={"deviation": None}))
