"""An advice put before someone with more authority, and what still waits for their answer.

An Act or regulation has no way out but its own. Where that isn't there a professional can't
deviate, and puts it before a manager or a lawyer: Awb 4:84 is about policy rules only, and whether
an Act can be set aside is for them (ABRvS 1 March 2023, ECLI:NL:RVS:2023:772, from memory). The law
is followed meanwhile, without steps that can't be undone. It is no decision: that comes after the
answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, ClassVar, Self

from pydantic import StringConstraints, model_validator

from engine.consult import Consultation
from engine.decisions.advised import Advised
from engine.decisions.base import DecisionError, Finding, Frozen
from engine.decisions.contract import DECIDERS, Contract
from engine.decisions.draft import lacking
from engine.decisions.privacy import Confirmations, Confirmed
from engine.words import Decider

QUESTION = "Wat legt u voor, en waarom?"


class Escalated(Frozen):
    """Someone with more authority is asked what to do about an advice.

    Attributes:
        advised: the advice that it is about.
        to: who is asked.
        question: what is asked, and why.
        answer_by: the day by which the answer is needed.
        confirmed: words in the question that the guard asked about, and why they stand there.
    """

    kind: ClassVar[str] = "escalated"
    form: ClassVar[int] = 1

    advised: Advised
    to: Decider
    question: Annotated[str, StringConstraints(strip_whitespace=True)]
    answer_by: date
    confirmed: Confirmations = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        found = [*lacking("question", "de vraag", QUESTION, self.question)]
        if self.to is Decider.PROFESSIONAL:
            found.append(Finding("to", "Kies aan wie u het voorlegt."))
        if found:
            raise DecisionError(found)
        return self


def put_before(
    consultation: Consultation,
    rule: str,
    *,
    to: Decider | None,
    question: str,
    answer_by: date | None,
    confirmed: Iterable[Confirmed] = (),
) -> Escalated:
    """Put an advice before someone who may decide on a deviation from it.

    Raises:
        DecisionError: there is no such advice, nobody has to be asked, or something is missing;
            its findings name everything at once.
    """
    advised = Advised.of(consultation, rule)
    contract = Contract.of(consultation.advice(rule).rule)
    if contract is None:
        raise DecisionError.about("Dit is een overweging. U hoeft die aan niemand voor te leggen.")
    asked = askable(contract)
    found = [*lacking("question", "de vraag", QUESTION, question)]
    if to not in asked:
        who = " of ".join(DECIDERS[one] for one in asked)
        found.append(Finding("to", f"Kies aan wie u het voorlegt: {who}."))
    if answer_by is None:
        found.append(Finding("answer_by", "Vul in wanneer u het antwoord nodig heeft."))
    if found or to is None or answer_by is None:
        raise DecisionError(found)
    return Escalated(
        advised=advised,
        to=to,
        question=question,
        answer_by=answer_by,
        confirmed=tuple(confirmed),
    )


def askable(contract: Contract) -> tuple[Decider, ...]:
    """Return everyone above a professional who may decide on a deviation."""
    return tuple(one for one in contract.deciders if one is not Decider.PROFESSIONAL)


def check_day(escalated: Escalated, today: date) -> None:
    """Refuse a day that has passed.

    Raises:
        DecisionError: the answer is needed before today.
    """
    if escalated.answer_by < today:
        raise DecisionError.about("Kies vandaag of een latere dag voor het antwoord.", "answer_by")
