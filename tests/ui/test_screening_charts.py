"""The figures of a caseload: all that is counted is drawn, in words that can't be markup."""

from __future__ import annotations

from itertools import combinations

import pytest

from engine.caseload.figures.flow import Flow, Kind, Link, Node
from engine.caseload.figures.standardised import Difference
from engine.caseload.figures.treatment import GroupDifference
from engine.wording import digits
from ui.learning_charts import TOO_FEW
from ui.screening.charts import Bar, bars, difference_in_words, differences, signed
from ui.screening.flow_chart import WIDTH, flow_figure

SCRIPT = "<script>alert(1)</script>"
LONG = "een heel lange vraag met werkgeversarbeidsdeskundigenonderzoeksverslag erin " * 3
FLOW = Flow(
    "proef",
    (
        Node(Kind.ALL, "", "", 0, 1000),
        Node(Kind.ANSWER, "vraag", "ja", 1, 700),
        Node(Kind.ANSWER, "vraag", "", 1, 300),
        Node(Kind.RULE, "proef.a", "", 2, 699),
        Node(Kind.OUTCOME, "geldt_niet", "", 2, 301),
        Node(Kind.STEP, "stap", "doen", 3, 699),
    ),
    (
        Link(0, 1, 700),
        Link(0, 2, 300),
        Link(1, 3, 699),
        Link(1, 4, 1),
        Link(2, 4, 300),
        Link(3, 5, 699),
    ),
    0,
)
LABELS = ("Alle cliënten", SCRIPT, LONG, "Regel A", "Geen advies", "Doe de stap")


def test_a_flow_has_a_box_for_every_group_and_a_stream_for_every_way() -> None:
    figure = flow_figure(FLOW, LABELS)
    texts = [note.text for note in figure.layout.annotations]
    assert len(texts) == len(FLOW.nodes)
    assert all(
        f"<b>{digits(node.files)}</b>" in text for node, text in zip(FLOW.nodes, texts, strict=True)
    )
    # Each box has an outline and a stripe.
    assert len(figure.layout.shapes) == len(FLOW.links) + 2 * len(FLOW.nodes)
    assert "<script>" not in "".join(texts)
    assert "&lt;script&gt;" in texts[1].replace("<br>", "")


def test_the_boxes_of_a_flow_stand_apart_and_on_the_sheet() -> None:
    figure = flow_figure(FLOW, LABELS)
    outlines = [
        shape.path
        for shape in figure.layout.shapes
        if str(shape.path).count("L") == 3 and " C " not in str(shape.path)
    ]
    boxes = []
    for path in outlines:
        points = [part.split(",") for part in path.replace("M ", "").replace(" Z", "").split(" L ")]
        xs, ys = [float(x) for x, _ in points], [float(y) for _, y in points]
        if max(xs) - min(xs) > 20:
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    assert len(boxes) == len(FLOW.nodes)
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart
    assert all(
        x0 >= 0 and x1 <= WIDTH and y0 >= 0 and y1 <= figure.layout.height
        for x0, y0, x1, y1 in boxes
    )


def test_a_flow_without_anyone_can_be_drawn() -> None:
    empty = Flow("proef", (Node(Kind.ALL, "", "", 0, 0),), (), 0)
    assert flow_figure(empty, ["Alle cliënten"]).layout.height > 0


def test_bars_say_their_number_and_no_markup() -> None:
    figure = bars([Bar(SCRIPT, 1200, "1.200, 3 daarmee rond", 3), Bar(LONG, 0, "0", 0)], 1200)
    texts = [note.text for note in figure.layout.annotations]
    assert "1.200, 3 daarmee rond" in texts[0]
    assert "<script>" not in "".join(texts)
    assert "…" in texts[1]
    whole, part = figure.data
    assert (list(whole.x), list(part.x)) == ([1200, 0], [3, 0])
    assert bars([], 0).layout.height > 0


def test_what_is_too_long_for_a_phone_stands_on_two_lines() -> None:
    short, long = (
        Bar("Stil", 3, "3"),
        Bar("De vroegere werkgever als eigenrisico", 14, "14, 0 daarmee rond"),
    )
    one, two = bars([short], 14), bars([short, long, short], 14)
    assert one.layout.annotations[0].text == "<b>Stil</b>: 3"
    assert {note.text.count("<br>") for note in two.layout.annotations} == {1}
    assert two.layout.height > 3 * one.layout.height - 2 * 16


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (None, TOO_FEW),
        (Difference(0.1, None), "+0,10; geen interval te berekenen"),
        (
            Difference(-0.1, (-0.2, 0.05)),
            "-0,10 (waarschijnlijk tussen -0,20 en +0,05). Dat kan toeval zijn",
        ),
        (Difference(0.3, (0.1, 0.5)), "+0,30 (waarschijnlijk tussen +0,10 en +0,50)"),
    ],
)
def test_a_difference_is_said_with_how_sure_it_is(difference: Difference | None, said: str) -> None:
    assert difference_in_words(GroupDifference("Noord", difference)) == said


def test_a_difference_that_may_not_be_shown_has_no_dot() -> None:
    figure = differences(
        [
            GroupDifference("Noord", Difference(0.3, (0.1, 0.5))),
            GroupDifference("Klein", None),
            GroupDifference("Zuid", Difference(-0.3, None)),
        ]
    )
    assert list(figure.data[0].x) == [0.3, -0.3]
    assert list(figure.data[0].error_x.array) == pytest.approx([0.2, 0.0])
    assert list(figure.data[0].error_x.arrayminus) == pytest.approx([0.2, 0.0])
    assert TOO_FEW in figure.layout.annotations[1].text
    low, high = figure.layout.xaxis.range
    assert low == -high
    assert high > 0.5


def test_numbers_are_written_as_dutch_has_them() -> None:
    assert (digits(1_400_000), signed(0.1), signed(-0.25)) == ("1.400.000", "+0,10", "-0,25")
