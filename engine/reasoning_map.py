"""The reasoning for one case as a graph: facts, notions, rules and the steps they advise.

Only what counted is on the map: the answers that decided, the notions they lead to, the rules
that hold, are provisional or were defeated, and the exceptions that did that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from engine.consult import Advice, Consultation
from engine.labels import STATUS
from engine.layered import Arrangement, arrange
from engine.library import Knowledge
from engine.reasons import Reason, reasons_of, step
from engine.report import in_order
from engine.wording import say_fact, say_value
from engine.words import Status

MOST = 30
"""Nodes that a reader can still follow on one map."""
NOTION_COLUMNS = 2
"""Columns of notions at most, and one when there are also exceptions to exceptions."""
COLUMNS = 6
"""Columns at most: with more the map is wider than a screen."""
CONFLICT = "Tegenstrijdig"


class NodeKind(StrEnum):
    """What a node is, from left to right; the value is its heading on the map."""

    FACT = "Feiten"
    NOTION = "Begrippen"
    EXCEPTION = "Uitzonderingen"
    RULE = "Regels"
    STEP = "Stappen"


class EdgeKind(StrEnum):
    """What one node does to another; the value is the word on the line."""

    SUPPORTS = "steunt"
    DEFEATS = "gaat voor"
    MAY_DEFEAT = "kan voorgaan"


@dataclass(frozen=True, slots=True)
class Node:
    """One box.

    Attributes:
        id: unique on the map, never shown.
        label: plain Dutch.
        status: what became of a rule, and of a step the best status of its rules.
        conflict: whether it is a step that is advised and advised against.
    """

    id: str
    kind: NodeKind
    label: str
    status: Status | None = None
    conflict: bool = False

    @property
    def word(self) -> str:
        """The status in a word; empty for what simply is so: a fact, a notion, a sure step."""
        if self.conflict:
            return CONFLICT
        if self.kind is NodeKind.STEP and self.status is Status.HOLDS:
            return ""
        return STATUS[self.status] if self.status else ""


@dataclass(frozen=True, slots=True)
class Edge:
    """One line, from left to right."""

    source: str
    target: str
    kind: EdgeKind


@dataclass(frozen=True, slots=True)
class ReasoningMap:
    """The graph, in columns.

    Attributes:
        nodes: by id.
        headings: the kind of the nodes in each column; a kind can have more columns.
        arrangement: the order within the columns, with the way each line runs.
        left_out: what is not on the map, as Dutch sentences; empty when all of it is.
    """

    nodes: dict[str, Node]
    edges: tuple[Edge, ...]
    headings: tuple[NodeKind, ...]
    arrangement: Arrangement
    left_out: str = ""

    def into(self, node: str) -> list[Edge]:
        """Return the lines that lead to a node, in the order in which their sources stand."""
        place = {
            name: (-column, row)
            for column, names in enumerate(self.arrangement.columns)
            for row, name in enumerate(names)
        }
        found = [edge for edge in self.edges if edge.target == node]
        return sorted(found, key=lambda edge: place[edge.source])

    def ends(self) -> list[Node]:
        """Return the nodes that lead nowhere, top to bottom: steps, and rules that lapsed."""
        sources = {edge.source for edge in self.edges}
        names = [name for column in reversed(self.arrangement.columns) for name in column]
        return [self.nodes[name] for name in names if name in self.nodes and name not in sources]


def reasoning_map(
    consultation: Consultation, knowledge: Knowledge, rule: str | None = None, most: int = MOST
) -> ReasoningMap:
    """Draw up the map of one advice, or of all that hold, are provisional or were defeated.

    Args:
        consultation: the case, with the advices that were given.
        knowledge: the words for all of it.
        rule: the rule whose advice to map; ``None`` for all of them.
        most: nodes at most; what is left out is said in the map.

    Raises:
        KeyError: no advice was given on that rule.
    """
    advices = _mapped(consultation, knowledge) if rule is None else [consultation.advice(rule)]
    sketch, taken, summed = _CaseSketch(consultation, knowledge), 0, False
    for number in range(1, len(advices) + 1):
        larger = _CaseSketch(consultation, knowledge)
        for advice in advices[:number]:
            larger.add(advice)
        shortened = larger.shorten(NOTION_COLUMNS)
        if larger.too_wide():
            shortened |= larger.shorten(1)
        if len(larger.nodes) > most and taken:
            break
        sketch, taken, summed = larger, number, shortened
        if len(sketch.nodes) > most:
            break
    said = []
    if len(sketch.nodes) > most:
        summed |= sketch.shorten(1)
    if sketch.trim(most):
        said.append("Niet alle redenen passen op de kaart.")
    if taken < len(advices):
        stands = "staat" if taken == 1 else "staan"
        said.append(
            f"Op de kaart {stands} {taken} van de {len(advices)} adviezen: wat het eerst aandacht "
            "vraagt. De rest ziet u per advies."
        )
    if summed:
        said.append("Tussenstappen zijn overgeslagen; bij het advies zelf staan ze wel.")
    return sketch.finish(" ".join(said))


def _mapped(consultation: Consultation, knowledge: Knowledge) -> list[Advice]:
    """Return the advices to map: contradictions first, then by urgency, what lapsed last."""
    clashing = {rule for one in consultation.conflicts for rule in (*one.do, *one.do_not)}
    live = [one for one in consultation.advices if one.status.is_given]
    lapsed = [one for one in consultation.advices if one.status is Status.DEFEATED]
    ordered = sorted(in_order(live, knowledge), key=lambda one: one.rule.id not in clashing)
    return ordered + in_order(lapsed, knowledge)


@dataclass
class Sketch:
    """A map while it is drawn up."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str], EdgeKind] = field(default_factory=dict)

    def shorten(self, columns: int) -> bool:
        """Leave out the notions that are more than so many steps before a rule.

        What they rest on then leads straight to what they led to.
        """
        far = [name for name, height in self._heights().items() if height > columns]
        for name in far:
            above = [target for source, target in self.edges if source == name]
            below = [source for source, target in self.edges if target == name]
            self._remove({name})
            for source in below:
                for target in above:
                    self.edges[source, target] = EdgeKind.SUPPORTS
        return bool(far)

    def too_wide(self) -> bool:
        """Say whether there are more columns than a screen has room for."""
        return sum(bool(group) for group in self._columns()) > COLUMNS

    def _heights(self) -> dict[str, int]:
        """Return how many notions each notion is from a rule, itself included."""
        heights: dict[str, int] = {}

        def height(name: str) -> int:
            if name not in heights:
                above = (
                    height(target)
                    for source, target in self.edges
                    if source == name and self.nodes[target].kind is NodeKind.NOTION
                )
                heights[name] = 1 + max(above, default=0)
            return heights[name]

        return {
            name: height(name)
            for name, node in list(self.nodes.items())
            if node.kind is NodeKind.NOTION
        }

    def trim(self, most: int) -> bool:
        """Keep the nodes that are nearest to the steps; say whether any was left out."""
        kept: dict[str, None] = {}
        sources = {source for source, _ in self.edges}
        row = [name for name in self.nodes if name not in sources]
        while row:
            kept |= dict.fromkeys(row)
            row = [
                source
                for name in row
                for source, target in self.edges
                if target == name and source not in kept
            ]
        dropped = set(list(kept)[most:])
        self._remove(dropped)
        return bool(dropped)

    def _remove(self, names: set[str]) -> None:
        self.nodes = {name: node for name, node in self.nodes.items() if name not in names}
        self.edges = {
            ends: kind for ends, kind in self.edges.items() if not names.intersection(ends)
        }

    def finish(self, left_out: str) -> ReasoningMap:
        """Put the nodes in columns and order them."""
        columns = [group for group in self._columns() if group]
        column_of = {name: number for number, group in enumerate(columns) for name in group}
        for name in self._before_rules():
            self.nodes[name] = self._as_exception(self.nodes[name])
        return ReasoningMap(
            nodes={name: self.nodes[name] for name in column_of},
            edges=tuple(Edge(*ends, kind) for ends, kind in self.edges.items()),
            headings=tuple(self.nodes[group[0]].kind for group in columns),
            arrangement=arrange(column_of, self.edges),
            left_out=left_out,
        )

    def _columns(self) -> Iterator[Sequence[str]]:
        kinds: dict[NodeKind, list[str]] = {kind: [] for kind in NodeKind}
        for name, node in self.nodes.items():
            kinds[node.kind].append(name)
        yield kinds[NodeKind.FACT]
        heights = self._heights()
        for height in range(max(heights.values(), default=0), 0, -1):
            yield [name for name, found in heights.items() if found == height]
        distance = self._before_rules()
        for steps in range(max(distance.values(), default=0), 0, -1):
            yield [name for name, found in distance.items() if found == steps]
        yield [name for name in kinds[NodeKind.RULE] if name not in distance]
        yield kinds[NodeKind.STEP]

    def _before_rules(self) -> dict[str, int]:
        """Return the rules that are an exception here, with how many rules they stand before."""
        targets: dict[str, list[str]] = {}
        for (source, target), kind in self.edges.items():
            if kind is not EdgeKind.SUPPORTS:
                targets.setdefault(source, []).append(target)

        def distance(name: str) -> int:
            return 1 + max((distance(other) for other in targets.get(name, ())), default=-1)

        return {name: distance(name) for name in targets}

    @staticmethod
    def _as_exception(node: Node) -> Node:
        return Node(node.id, NodeKind.EXCEPTION, node.label, node.status, node.conflict)


class _CaseSketch(Sketch):
    """A map of what counted for one case."""

    def __init__(self, consultation: Consultation, knowledge: Knowledge) -> None:
        super().__init__()
        self.consultation = consultation
        self.knowledge = knowledge
        self.said: dict[str, dict[str, None]] = {}

    def add(self, advice: Advice) -> None:
        """Put one advice on the map, with all it rests on and what takes it away."""
        rule = self._rule(advice.rule.id, advice.status)
        if advice.status.is_given:
            self._step(advice, rule)
        for names, kind, status in (
            (advice.defeated_by, EdgeKind.DEFEATS, Status.HOLDS),
            (advice.open_exceptions, EdgeKind.MAY_DEFEAT, Status.OPEN),
        ):
            for name in names:
                self.edges[self._rule(name, status), rule] = kind

    def _rule(self, name: str, status: Status) -> str:
        """Put a rule and its reasons on the map; an exception may be of another protocol."""
        key = f"regel {name}"
        if key not in self.nodes:
            rule = self.consultation.program.rules[name].rule
            self.nodes[key] = Node(key, NodeKind.RULE, rule.title, status)
            proof = self.consultation.conclusions[name].proofs[0]
            found = Advice(rule, status, proof)
            self._reasons(reasons_of(found, self.consultation, self.knowledge), key)
        return key

    def _step(self, advice: Advice, rule: str) -> None:
        what = advice.rule.advice
        key = f"stap {what.action} {what.direction}"
        conflict = any(one.action == what.action for one in self.consultation.conflicts)
        known = self.nodes.get(key)
        status = Status.HOLDS if known and known.status is Status.HOLDS else advice.status
        self.nodes[key] = Node(key, NodeKind.STEP, step(advice, self.knowledge), status, conflict)
        self.edges[rule, key] = EdgeKind.SUPPORTS

    def _reasons(self, reasons: Iterable[Reason], target: str) -> None:
        for reason in reasons:
            kind = NodeKind.NOTION if reason.name in self.knowledge.notions else NodeKind.FACT
            key = f"{kind} {reason.name or reason.text}"
            said = self.said.setdefault(key, {})
            said[reason.text] = None
            self.nodes[key] = Node(key, kind, self._label(reason.name, tuple(said)))
            self.edges[key, target] = EdgeKind.SUPPORTS
            self._reasons(reason.because, key)

    def _label(self, name: str, said: tuple[str, ...]) -> str:
        """Say a fact or notion as short as it can be said.

        One answer can decide twice, against two bounds; then only the answer itself is said.
        """
        conclusion = self.consultation.conclusions.get(name)
        value = conclusion.value if conclusion else self.consultation.facts.get(name)
        if value is None:
            return said[0]
        lexicon = self.knowledge.lexicon
        whole = say_fact(name, value, lexicon)
        if said != (whole,) and len(said) == 1:
            return said[0]
        short = f"{lexicon[name].label}: {say_value(name, value, lexicon)}"
        return min(whole, short, key=len) if "{}" in lexicon[name].sentence else whole
