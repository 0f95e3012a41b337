"""What every kept thing shares: strict and immutable, never made without its checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NoReturn, Self, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

RecordedCaseId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")]
"""The id of a case in the record; the id of a case in a file is narrower."""


class Frozen(BaseModel):
    """A strict, immutable model; the ways around validation that pydantic offers are closed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @classmethod
    def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> NoReturn:
        """Refuse: this would make a model without checking it.

        Raises:
            TypeError: always.
        """
        raise TypeError(f"{cls.__name__} kan niet ongecontroleerd worden gemaakt.")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields replaced, checked like any other."""
        return type(self).model_validate({**dict(self), **(update or {})})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a decision lacks.

    Attributes:
        field: where: ``kind``, ``ground``, ``elements.<element>``, ``instead``, ``decided_by``,
            ``decided_on`` or ``review_on``; empty when it is about the decision as a whole.
        message: what to do about it, in Dutch.
    """

    field: str
    message: str


class DecisionError(Exception):
    """A decision that can't be made or kept; the message is Dutch, for a user.

    Attributes:
        findings: everything that is wrong with it, in the order of the form.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(finding.message for finding in self.findings))

    def moved(self, place: Callable[[str], str]) -> DecisionError:
        """Return the error with its fields under other names, as a form of several has them."""
        return DecisionError(
            Finding(place(item.field) if item.field else "", item.message) for item in self.findings
        )

    @classmethod
    def about(cls, message: str, place: str = "") -> DecisionError:
        """Make the error for a single finding."""
        return cls((Finding(place, message),))


M = TypeVar("M", bound=Frozen)
_SAID = {
    "string_too_long": "Maak deze tekst korter: hoogstens {max_length} tekens.",
    "string_too_short": "Vul hier iets in.",
    "too_long": "Kies er hoogstens {max_length}.",
    "too_short": "Kies er minstens {min_length}.",
}


def compose(model: type[M], **values: Any) -> M:
    """Make a part of an event of what someone typed.

    Raises:
        DecisionError: something is missing or too long; its findings are Dutch.
    """
    try:
        return model(**values)
    except ValidationError as error:
        found = [
            Finding(
                ".".join(map(str, item["loc"])),
                _SAID.get(item["type"], "Deze waarde past hier niet.").format(
                    **item.get("ctx", {})
                ),
            )
            for item in error.errors(include_url=False, include_input=False)
        ]
    raise DecisionError(found)
