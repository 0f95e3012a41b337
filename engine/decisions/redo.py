"""Does a consultation of the past again, with the knowledge of that time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from engine.case import Case
from engine.consult import Consultation, consult
from engine.decisions.address import RecordError
from engine.decisions.database import Database
from engine.decisions.events import CaseOpened, Decided, Event
from engine.decisions.facts import apply
from engine.decisions.kept_files import kept_files
from engine.decisions.later import Consulted
from engine.decisions.replay import protocols_of, standing
from engine.diagnostics import KnowledgeError
from engine.library import Knowledge, NotCoveredError
from engine.loading import assemble
from engine.productions import BoundsError
from engine.reader import read_text

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Replayed:
    """A consultation of the past, done again.

    Attributes:
        consultation: what comes out now.
        knowledge: the knowledge of that time.
        engine: the version of Leidraad then.
        differs: the rules with another status than then; none if all is the same.
        same_receipt: whether facts, knowledge and thresholds are the same as then.
    """

    consultation: Consultation
    knowledge: Knowledge
    engine: str
    differs: tuple[str, ...]
    same_receipt: bool

    @property
    def same(self) -> bool:
        """Whether the same advice came out of the same facts and knowledge."""
        return self.same_receipt and not self.differs


def redo(
    database: Database, history: Sequence[Event], event_id: UUID, here: Knowledge | None
) -> Replayed:
    """Do the consultation again that an event rests on.

    Args:
        database: where the knowledge of then is kept.
        history: everything that happened in the case, oldest first.
        event_id: a decision, or a note that was made.
        here: knowledge to take files from that weren't kept, as far as they are still the same.

    Raises:
        RecordError: nothing was consulted then; a file of the knowledge is gone, and which; or
            this version of Leidraad can't read that knowledge any more.
    """
    past = _up_to(history, event_id)
    body = past[-1].body
    if not isinstance(body, Decided | Consulted):
        raise RecordError("Bij deze gebeurtenis hoort geen raadpleging. Kies een besluit.")
    knowledge = _knowledge_of_then(database, body.receipt["files"], here)
    opened = past[0].body
    if not isinstance(opened, CaseOpened):
        raise RecordError("Het dossier van deze casus heeft geen begin.")
    empty = Case(past[0].case_id, opened.reference_date, opened.authority, protocols_of(past))
    try:
        consultation = consult(knowledge, apply(empty, knowledge, standing(past))[0])
    except (NotCoveredError, BoundsError) as error:
        raise RecordError(f"De raadpleging van toen lukt niet opnieuw. {error}") from error
    then, now = dict(body.receipt), consultation.receipt.as_json()
    engine = str(then.pop("engine"))
    del now["engine"]
    return Replayed(consultation, knowledge, engine, _differences(body, consultation), then == now)


def _up_to(history: Sequence[Event], event_id: UUID) -> Sequence[Event]:
    for place, event in enumerate(history, 1):
        if event.id == event_id:
            return history[:place]
    raise RecordError("Deze gebeurtenis staat niet in deze casus.")


def _knowledge_of_then(
    database: Database, files: Mapping[str, str], here: Knowledge | None
) -> Knowledge:
    with database.reading() as connection:
        kept = dict(kept_files(connection, files.values()))
    if here is not None:
        kept |= {here.files[name]: content for name, content in here.contents.items()}
    gone = sorted(name for name, digest in files.items() if digest not in kept)
    if gone:
        more = f" en nog {len(gone) - _SHOWN}" if len(gone) > _SHOWN else ""
        raise RecordError(
            "De kennis van toen is niet meer compleet. Weg of veranderd: "
            f"{', '.join(gone[:_SHOWN])}{more}."
        )
    try:
        return assemble([read_text(kept[files[name]], name) for name in sorted(files)])
    except KnowledgeError as error:
        raise RecordError(
            "De kennis van toen is er nog, maar deze versie van Leidraad kan haar niet meer lezen."
        ) from error


def _differences(body: Decided | Consulted, consultation: Consultation) -> tuple[str, ...]:
    """Return the rules with another status than then, as far as it was recorded."""
    now = {advice.rule.id: advice.status for advice in consultation.advices}
    if isinstance(body, Decided):
        advised = body.decision.advised
        return () if now.get(advised.rule) is advised.status else (advised.rule,)
    rules = sorted(now.keys() | body.advices.keys())
    return tuple(rule for rule in rules if now.get(rule) is not body.advices.get(rule))
