from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.layered import arrange

Graph = tuple[dict[str, int], list[tuple[str, str]]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    columns = draw(st.lists(st.integers(1, 5), min_size=2, max_size=5))
    names = {
        f"{column}-{row}": column for column, count in enumerate(columns) for row in range(count)
    }
    pairs = [(one, other) for one in names for other in names if names[one] < names[other]]
    return names, draw(st.lists(st.sampled_from(pairs), unique=True, max_size=20))


@given(graphs())
def test_the_order_found_never_has_more_crossings_than_the_order_given(graph: Graph) -> None:
    assert arrange(*graph).crossings <= arrange(*graph, sweeps=0).crossings


@given(graphs())
def test_everything_stays_in_its_column_and_lines_go_one_column_at_a_time(graph: Graph) -> None:
    names, lines = graph
    found = arrange(names, lines)
    column = {name: number for number, group in enumerate(found.columns) for name in group}
    assert sum(map(len, found.columns)) == len(column)
    assert {name: column[name] for name in names} == names
    assert set(found.routes) == set(lines)
    for (source, target), route in found.routes.items():
        assert (route[0], route[-1]) == (source, target)
        assert [column[name] for name in route] == list(range(names[source], names[target] + 1))


def test_what_can_be_untangled_is() -> None:
    names = {"a": 0, "b": 0, "c": 0, "x": 1, "y": 1, "z": 1}
    lines = [("a", "z"), ("b", "y"), ("c", "x")]
    assert arrange(names, lines, sweeps=0).crossings == 3
    assert arrange(names, lines).crossings == 0


def test_a_line_that_passes_a_column_counts_there_too() -> None:
    names = {"a": 0, "b": 0, "x": 1, "p": 2, "q": 2}
    lines = [("a", "q"), ("b", "x"), ("x", "p")]
    assert arrange(names, lines, sweeps=0).crossings == 1
    assert arrange(names, lines).crossings == 0


def test_a_line_to_the_left_is_refused() -> None:
    with pytest.raises(ValueError, match="to the right"):
        arrange({"a": 1, "b": 0}, [("a", "b")])


def test_nothing_is_no_problem() -> None:
    assert arrange({}, []).columns == ()
