"""The page on how long cases are kept: what is due and why, inzage, and erasing for good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.case import Case
from engine.decisions import Erased, ErasureGround, Record
from tests.app.conftest import NAME, Start
from tests.app.helpers import MUCH_KNOWN, click, keys, open_case, replace, text

OLD, NEW = "c-oud", "c-nieuw"
PAGE = "ui/pages/bewaren.py"


@pytest.fixture
def at(start: Start) -> AppTest:
    fill()
    return keeping(start())


def fill() -> None:
    moments: Iterator[datetime] = iter(
        [datetime(2020, 3, 1, 12, tzinfo=UTC), datetime(2026, 11, 1, 12, tzinfo=UTC)]
    )
    with Record.open(clock=lambda: next(moments)) as record:
        for name in (OLD, NEW):
            case = Case(name, date(2026, 11, 2), "uwv", ("proef",))
            record.open_case(case, title=f"Titel {name}", story="", actor="professional")


def keeping(at: AppTest) -> AppTest:
    at.switch_page(PAGE).run()
    assert not at.exception
    return at


def choose(at: AppTest, case: str) -> AppTest:
    at.selectbox(key="bewaren_casus").set_value(case).run()
    assert not at.exception
    return at


def erase(at: AppTest, ground: ErasureGround | None, typed: str) -> AppTest:
    next(one for one in at.radio if str(one.key).startswith("wissen_ground")).set_value(ground)
    next(one for one in at.text_input if str(one.key).startswith("wissen_typed")).set_value(typed)
    return click(at, "wissen")


def erased() -> tuple[str, ...]:
    with Record.open() as record:
        return record.erased()


def test_what_is_due_stands_first_with_why_and_no_more_than_the_reference(at: AppTest) -> None:
    said = text(at)
    assert "Nu aan de beurt (1)" in said
    assert "Nog niet aan de beurt (1)" in said
    first = "**c-oud**: bewaren tot 1 maart 2025, 5 jaar na de laatste gebeurtenis, op 1 maart 2020"
    assert first in said
    assert said.index("**c-oud**") < said.index("**c-nieuw**")
    assert "Titel" not in said
    assert MUCH_KNOWN not in said


def test_the_term_is_said_to_be_an_assumption_until_someone_sets_it(
    at: AppTest, start: Start, tmp_path: Path
) -> None:
    assert "**De termijn van 5 jaar is een aanname.**" in text(at)
    replace(tmp_path / "kennis/parameters/proef.yaml", "twijfel", "gelezen")
    assert "aanname" not in text(keeping(start()))


def test_erasing_asks_a_reason_and_the_reference_and_is_for_good(at: AppTest, start: Start) -> None:
    choose(at, OLD)
    erase(at, None, "oud")
    assert "Kies waarom u deze casus wist." in text(at)
    assert "Typ precies het kenmerk: c-oud" in text(at)
    assert erased() == ()
    erase(at, ErasureGround.TERM, NEW)
    assert erased() == ()
    erase(at, ErasureGround.TERM, OLD)
    assert erased() == (OLD,)
    assert "Casus c-oud is voorgoed gewist." in text(at)
    assert "Gewist (1)" in text(at)
    assert f"door {NAME}: de bewaartermijn is voorbij" in text(at)
    assert at.selectbox(key="bewaren_casus").options == [NEW]
    with Record.open() as record:
        assert [event.body for event in record.history(OLD)] == [Erased(ground=ErasureGround.TERM)]
        assert record.verify().broken is None
    assert f"open_{OLD}" not in keys(start())


def test_what_was_typed_for_one_case_does_not_stand_with_another(at: AppTest) -> None:
    choose(at, OLD)
    next(one for one in at.text_input if str(one.key).startswith("wissen_typed")).set_value(OLD)
    choose(at, NEW)
    assert all(one.value != OLD for one in at.text_input)
    click(at, "wissen")
    assert erased() == ()


def test_a_case_that_is_open_while_it_is_erased_is_closed(start: Start) -> None:
    fill()
    other = open_case(start(), OLD)
    at = open_case(start(), OLD)
    erase(choose(keeping(at), OLD), ErasureGround.REQUEST, OLD)
    click(other, next(key for key in keys(other) if key.startswith("onbekend_")))
    assert "Er is geen casus met het kenmerk" in text(other)
    at.switch_page("ui/pages/raadplegen.py").run()
    for page in (at, other.run()):
        assert not page.exception
        assert "Over welke cliënt gaat het?" in text(page)
        assert "Het dossier werkt niet" not in text(page)


def test_everything_for_the_client_can_be_taken_from_here(at: AppTest) -> None:
    labels = [item.proto.label for item in choose(at, OLD).get("download_button")]
    assert labels == ["Alles over deze casus, voor de cliënt"]


def test_knowledge_without_a_term_is_said_so(start: Start, tmp_path: Path) -> None:
    fill()
    file = tmp_path / "kennis/parameters/proef.yaml"
    replace(file, "bewaartermijn_casus", "bewaartermijn_anders")
    at = keeping(start())
    said = text(at)
    assert "**Van 2 casussen is de termijn onbekend.**" in said
    assert f"**{OLD}**: termijn onbekend. In de kennis staat geen bewaartermijn" in said
    erase(choose(at, OLD), ErasureGround.TERM, OLD)
    assert "niet te zeggen of de bewaartermijn" in text(at)
    assert erased() == ()


def test_erasing_for_the_term_before_it_is_over_is_refused(at: AppTest) -> None:
    erase(choose(at, NEW), ErasureGround.TERM, NEW)
    assert "De bewaartermijn van deze casus is nog niet voorbij" in text(at)
    assert erased() == ()


def test_one_case_of_an_authority_that_is_gone_stands_beside_the_others(
    at: AppTest, start: Start
) -> None:
    with Record.open() as record:
        case = Case("c-weg", date(2026, 11, 2), "weggevallen", ("proef",))
        record.open_case(case, title="T", story="", actor="professional")
    said = text(keeping(start()))
    assert "**Van 1 casus is de termijn onbekend.**" in said
    assert "**c-weg**: termijn onbekend. De instantie 'weggevallen' is niet bekend" in said
    assert f"**{OLD}**: bewaren tot 1 maart 2025" in said
