"""Random rule bases and cases: every operator, notions, tables, layers and exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Between,
    Compare,
    Condition,
    Constant,
    NoneOf,
    Not,
    Older,
    OneOf,
    Op,
    TimeUnit,
    Value,
)
from engine.knowledge import Notion, Protocol, Rule
from engine.library import Authority, BoundNotion, BoundProtocol, BoundRule, Knowledge
from engine.words import AuthorityKind, NotionKind

REFERENCE = date(2026, 11, 22)
OPTIONS = ("rood", "groen", "blauw", "wit")
YES_NO = tuple(f"ja_nee_{index}" for index in range(4))
CHOICES = tuple(f"keuze_{index}" for index in range(3))
NUMBERS = tuple(f"aantal_{index}" for index in range(3))
DATES = tuple(f"datum_{index}" for index in range(2))
NOTIONS = tuple(f"begrip_{index}" for index in range(4))
MONTH_ENDS = (date(2026, 8, 31), date(2026, 2, 28), date(2024, 2, 29), date(2026, 10, 22))
TABLES = tuple(f"tabel_{index}" for index in range(2))


@dataclass(frozen=True)
class RuleBase:
    """A knowledge base that was made up, with the number of rules in it."""

    knowledge: Knowledge
    rules: int


def _subset(options: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(options), min_size=1, max_size=len(options), unique=True).map(
        tuple
    )


def leaf(names: tuple[str, ...], tables: tuple[str, ...]) -> st.SearchStrategy[Condition]:
    """A leaf over all kinds of facts, and over the notions that may be used here."""
    small = st.integers(0, 5)
    yes_no = st.sampled_from((*YES_NO, *names))
    choice = st.sampled_from((*CHOICES, *tables))
    number, day = st.sampled_from(NUMBERS), st.sampled_from(DATES)
    return st.one_of(
        st.builds(OneOf, yes_no, st.sampled_from([("ja",), ("nee",), ("ja", "nee")])),
        st.builds(NoneOf, yes_no, st.sampled_from([("ja",), ("nee",)])),
        st.builds(OneOf, choice, _subset(OPTIONS)),
        st.builds(NoneOf, choice, _subset(OPTIONS)),
        st.builds(Compare, number, st.sampled_from(Op), small),
        st.builds(Compare, day, st.sampled_from(Op), _days()),
        st.builds(
            lambda name, low, high: Between(name, *sorted((low, high))), number, small, small
        ),
        st.builds(Older, day, small, st.sampled_from(TimeUnit), st.booleans()),
        st.builds(Constant, st.booleans()),
    )


def condition(
    names: tuple[str, ...] = (), tables: tuple[str, ...] = ()
) -> st.SearchStrategy[Condition]:
    """A tree over all operators."""

    def grow(part: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        parts = st.lists(part, min_size=1, max_size=4).map(tuple)
        return st.one_of(
            st.builds(All, parts),
            st.builds(AnyOf, parts),
            st.builds(Not, part),
            parts.flatmap(
                lambda chosen: st.builds(AtLeast, st.integers(1, len(chosen)), st.just(chosen))
            ),
        )

    return st.recursive(leaf(names, tables), grow, max_leaves=7)


def _days() -> st.SearchStrategy[date]:
    """Days around the reference date, with the ends of months that calendars trip over."""
    near = st.integers(-400, 2200).map(lambda days: REFERENCE - timedelta(days=days))
    return st.one_of(st.sampled_from(MONTH_ENDS), near)


@st.composite
def rule_bases(draw: st.DrawFn, overlapping: bool = False) -> RuleBase:
    """A whole knowledge base: notions on notions, tables, rules, exceptions on exceptions.

    With ``overlapping``, two rows of a table can be true at once.
    """
    notions: dict[str, BoundNotion] = {}
    for index, name in enumerate(NOTIONS[: draw(st.integers(0, len(NOTIONS)))]):
        tree = draw(condition(NOTIONS[:index]))
        notion = Notion.model_construct(id=name, kind=NotionKind.YES_NO)
        notions[name] = BoundNotion(notion, (("ja", tree),))
    used = tuple(notions)
    tables = TABLES[: draw(st.integers(0, len(TABLES)))]
    for name in tables:
        notions[name] = BoundNotion(
            Notion.model_construct(id=name, kind=NotionKind.CHOICE), draw(_table(used, overlapping))
        )
    rules = []
    for index in range(draw(st.integers(1, 6))):
        # A rule is only ever an exception to earlier ones, so there are no circles.
        earlier = [f"proef.r{other}" for other in range(index)]
        targets = (
            draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
        )
        rule = Rule.model_construct(id=f"proef.r{index}", exception_to=tuple(targets))
        rules.append(BoundRule(rule, draw(condition(used, tables))))
    return RuleBase(_knowledge(notions, tuple(rules)), len(rules))


def _table(
    names: tuple[str, ...], overlapping: bool
) -> st.SearchStrategy[tuple[tuple[str, Condition], ...]]:
    """A decision table: rows on options of one fact, different ones unless they may overlap."""

    def rows(
        name: str, extra: list[Condition], values: list[str], options: list[str]
    ) -> tuple[tuple[str, Condition], ...]:
        branches = [
            (value, All((OneOf(name, (option,)), part)))
            for value, option, part in zip(values, options, extra, strict=False)
        ]
        others = All(tuple(Not(part) for _, part in branches))
        return (*branches, ("wit", others))

    return st.builds(
        rows,
        st.sampled_from(CHOICES),
        st.lists(condition(names), min_size=1, max_size=3),
        st.lists(st.sampled_from(OPTIONS), min_size=3, max_size=3),
        st.lists(st.sampled_from(OPTIONS), min_size=3, max_size=3, unique=not overlapping),
    )


def _knowledge(notions: Mapping[str, BoundNotion], rules: tuple[BoundRule, ...]) -> Knowledge:
    protocol = Protocol.model_construct(
        id="proef", title="Proef", valid_from=date(2020, 1, 1), valid_until=None
    )
    return Knowledge(
        facts={},
        notions=notions,
        parameters={},
        overrides={},
        authorities={"uwv": Authority("uwv", AuthorityKind.UWV, "UWV")},
        sources={},
        actions={},
        grounds={},
        protocols={"proef": (BoundProtocol(protocol, "proef.yaml", rules),)},
        files={},
    )


def random_facts(random: Random) -> dict[str, Value]:
    """A case: each fact is known in half to nearly all cases, the rest is unknown."""
    share = random.choice((0.5, 0.8, 0.95))
    answers: dict[str, Value] = {
        **{name: random.choice(("ja", "nee")) for name in YES_NO},
        **{name: random.choice(OPTIONS) for name in CHOICES},
        **{name: random.randint(0, 5) for name in NUMBERS},
        **{name: random.choice((*MONTH_ENDS, _random_day(random))) for name in DATES},
    }
    return {name: value for name, value in answers.items() if random.random() < share}


def _random_day(random: Random) -> date:
    return REFERENCE - timedelta(days=random.randint(-400, 2200))
