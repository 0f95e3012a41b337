"""Plain Dutch for every condition, made from the sentences that facts and notions carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Between,
    Bound,
    Compare,
    Condition,
    Constant,
    Leaf,
    NoneOf,
    Not,
    Older,
    OneOf,
    Op,
    ParameterRef,
    TimeUnit,
    Value,
    negate,
)

MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_NUMBERS = (
    "nul",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
)
_SINGULAR = {TimeUnit.DAYS: "dag", TimeUnit.MONTHS: "maand", TimeUnit.YEARS: "jaar"}


@dataclass(frozen=True, slots=True)
class Phrasing:
    """How one fact or notion is spoken of.

    Attributes:
        label: noun phrase, "de duur van de opleiding".
        sentence: main clause, with ``{}`` for the answer unless the answer is ja or nee.
        sentence_not: its negation.
        labels: what each option is called.
        one: singular of the unit of a number.
        many: plural of the unit.
        more: comparative for "more", such as "langer".
        less: comparative for "less".
    """

    label: str
    sentence: str
    sentence_not: str
    labels: Mapping[str, str]
    one: str = ""
    many: str = ""
    more: str = "meer"
    less: str = "minder"


Lexicon = Mapping[str, Phrasing]


def threshold(name: str) -> str:
    """Name the entry of a threshold in a lexicon, apart from facts and notions."""
    return f"grens {name}"


def number_in_words(number: int) -> str:
    """Write a small number out as Dutch does in running text: "één", "twee"; larger as digits."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def enumerate_dutch(items: Sequence[str], word: str) -> str:
    """Join as Dutch does: "a, b en c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def date_in_words(value: date) -> str:
    """Write a date as "1 november 2026"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def say_value(name: str, value: Value, lexicon: Lexicon) -> str:
    """Say an answer as its reader would: an option's label, a number with its unit, a date."""
    phrasing = lexicon[name]
    if isinstance(value, date):
        return date_in_words(value)
    if isinstance(value, int):
        return _count(value, phrasing)
    return phrasing.labels.get(value, value)


def say_fact(name: str, value: Value, lexicon: Lexicon) -> str:
    """Say a known fact as a whole sentence, such as "de opleiding duurt 10 maanden"."""
    phrasing = lexicon[name]
    if value == "nee" and "{}" not in phrasing.sentence:
        return phrasing.sentence_not
    return phrasing.sentence.replace("{}", say_value(name, value, lexicon))


def say(condition: Condition, lexicon: Lexicon) -> str:
    """Say a condition as one Dutch clause, such as "de opleiding duurt langer dan 12 maanden"."""
    match condition:
        case All():
            return enumerate_dutch([_nested(part, lexicon) for part in condition.parts], "en")
        case AnyOf():
            return enumerate_dutch([_nested(part, lexicon) for part in condition.parts], "of")
        case AtLeast():
            things = "; ".join(say(part, lexicon) for part in condition.parts)
            return f"minstens {condition.count} van deze {len(condition.parts)}: {things}"
        case Not():
            return say(negate(condition.part), lexicon)
        case _:
            return say_leaf(condition, lexicon)


def heading(condition: Condition) -> str:
    """Say what a group asks of its parts, as the line above a list of them."""
    match condition:
        case All():
            return "al deze dingen"
        case AnyOf():
            return "minstens een van deze dingen"
        case AtLeast():
            return f"minstens {condition.count} van deze {len(condition.parts)} dingen"
        case Not():
            return "geen van deze dingen"
        case _:
            return ""


def say_leaf(leaf: Leaf, lexicon: Lexicon) -> str:
    """Say one leaf as a main clause."""
    if isinstance(leaf, Constant):
        label = f" ({lexicon[threshold(leaf.origin)].label})" if leaf.origin else ""
        return f"hier geldt geen grens{label}"
    phrasing = lexicon[leaf.name]
    match leaf:
        case OneOf():
            return _choice(phrasing, leaf.values, positive=True)
        case NoneOf():
            return _choice(phrasing, leaf.values, positive=False)
        case Compare():
            return phrasing.sentence.replace("{}", _comparison(leaf, lexicon))
        case Between():
            return phrasing.sentence.replace("{}", _range(leaf, lexicon))
        case Older():
            return phrasing.sentence.replace("{}", _age(leaf, lexicon))


def _nested(condition: Condition, lexicon: Lexicon) -> str:
    """A part inside a sentence; a group within a group gets brackets so that it stays clear."""
    text = say(condition, lexicon)
    is_group = isinstance(condition, All | AnyOf | AtLeast | Not) and not (
        isinstance(condition, All | AnyOf) and len(condition.parts) == 1
    )
    return f"({text})" if is_group else text


def _choice(phrasing: Phrasing, values: tuple[str, ...], *, positive: bool) -> str:
    if "{}" not in phrasing.sentence:
        return phrasing.sentence if ("ja" in values) is positive else phrasing.sentence_not
    labels = [phrasing.labels.get(value, value) for value in values]
    if positive:
        return phrasing.sentence.replace("{}", enumerate_dutch(labels, "of"))
    return phrasing.sentence_not.replace("{}", enumerate_dutch(labels, "of"))


def digits(number: int) -> str:
    """Write a number as Dutch has it: "25.000"."""
    return f"{number:,}".replace(",", ".")


def amount_in_words(number: int, one: str, many: str) -> str:
    """Write a number with its unit as Dutch does: "2.500 euro", "1 maand"."""
    return f"{digits(number)} {one if number == 1 else many}".strip()


def _count(number: int, phrasing: Phrasing) -> str:
    return amount_in_words(number, phrasing.one, phrasing.many)


def _threshold(parameter: ParameterRef, lexicon: Lexicon) -> str:
    """Say a threshold that has no value yet by what it is called."""
    return lexicon[threshold(parameter.name)].label


def _bound(bound: Bound, phrasing: Phrasing, lexicon: Lexicon) -> str:
    if isinstance(bound, ParameterRef):
        return _threshold(bound, lexicon)
    if isinstance(bound, date):
        return date_in_words(bound)
    return _count(bound, phrasing)


def _range(leaf: Between, lexicon: Lexicon) -> str:
    phrasing = lexicon[leaf.name]
    low, high = (_bound(end, phrasing, lexicon) for end in (leaf.low, leaf.high))
    if isinstance(leaf.low, date):
        return f"van {low} tot en met {high}"
    if isinstance(leaf.low, int) and isinstance(leaf.high, int):
        # The unit stands once: "1 tot en met 5 maanden".
        low = digits(leaf.low)
    return f"{low} tot en met {high}"


def _comparison(leaf: Compare, lexicon: Lexicon) -> str:
    phrasing = lexicon[leaf.name]
    bound = _bound(leaf.bound, phrasing, lexicon)
    if isinstance(leaf.bound, date):
        words = {
            Op.LT: "voor",
            Op.LE: "op of voor",
            Op.EQ: "op",
            Op.NE: "niet op",
            Op.GE: "op of na",
            Op.GT: "na",
        }
        return f"{words[leaf.op]} {bound}"
    match leaf.op:
        case Op.LT:
            return f"{phrasing.less} dan {bound}"
        case Op.LE:
            return f"hoogstens {bound}"
        case Op.EQ:
            return f"precies {bound}"
        case Op.NE:
            return f"{phrasing.more} of {phrasing.less} dan {bound}"
        case Op.GE:
            return f"minstens {bound}"
        case Op.GT:
            return f"{phrasing.more} dan {bound}"


def _age(leaf: Older, lexicon: Lexicon) -> str:
    if isinstance(leaf.amount, ParameterRef):
        # A threshold without a value is a long name: "geleden" would come too late after it.
        span = _threshold(leaf.amount, lexicon)
        return f"niet langer geleden dan {span}" if leaf.negated else f"langer geleden dan {span}"
    unit = (
        _SINGULAR[leaf.unit] if leaf.amount == 1 or leaf.unit is TimeUnit.YEARS else leaf.unit.value
    )
    span = f"{leaf.amount} {unit}"
    return f"hoogstens {span} geleden" if leaf.negated else f"langer dan {span} geleden"


def requirement(leaf: Leaf, lexicon: Lexicon) -> str:
    """Say what a leaf asks of the answer, without the sentence around it: "hoogstens 12 maanden".

    Empty where the sentence says it all: for yes or no, and where no limit applies.
    """
    if isinstance(leaf, Constant) or "{}" not in lexicon[leaf.name].sentence:
        return ""
    match leaf:
        case OneOf() | NoneOf():
            labels = lexicon[leaf.name].labels
            said = enumerate_dutch([labels.get(value, value) for value in leaf.values], "of")
            if isinstance(leaf, OneOf):
                return said
            # A label can be a whole clause, which does not go with "niet".
            return "een ander antwoord" if len(leaf.values) == 1 else f"iets anders dan {said}"
        case Compare():
            return _comparison(leaf, lexicon)
        case Between():
            return _range(leaf, lexicon)
        case Older():
            return _age(leaf, lexicon)


def say_reason(leaf: Leaf, value: Value | None, lexicon: Lexicon) -> str:
    """Say a leaf that is true of a known answer, by the answer itself.

    For example "de opleiding duurt 14 maanden (langer dan 12 maanden)".
    """
    if value is None or isinstance(leaf, Constant):
        return say_leaf(leaf, lexicon)
    if isinstance(leaf, OneOf | NoneOf) or (isinstance(leaf, Compare) and leaf.op is Op.EQ):
        return say_fact(leaf.name, value, lexicon)
    phrasing = lexicon[leaf.name]
    if isinstance(leaf, Older):
        return (
            f"{say_leaf(leaf, lexicon)} ({date_in_words(value)})"
            if isinstance(value, date)
            else say_leaf(leaf, lexicon)
        )
    said = say_value(leaf.name, value, lexicon)
    measure = _comparison(leaf, lexicon) if isinstance(leaf, Compare) else _range(leaf, lexicon)
    return phrasing.sentence.replace("{}", f"{said} ({measure})")
