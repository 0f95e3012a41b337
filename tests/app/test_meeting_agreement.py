import pytest

from engine.decisions import Step
from engine.words import Stage
from tests.app.conftest import Start
from tests.app.group import to_intervisie
from tests.app.helpers import text, unfold
from tests.app.meeting import COURSE, DECIDE, others, prepared, reveal

AGREED, SPLIT = (COURSE,) * 5, (COURSE, COURSE, COURSE, DECIDE, DECIDE)


def held(times: int, *steps: Step) -> None:
    """Hold a meeting some times, with the same five people."""
    for _ in range(times):
        meeting, code = prepared()
        others(code, *steps)
        reveal(meeting, *(stage for stage in Stage if stage is not Stage.DECISION))


@pytest.mark.parametrize("times", [0, 4])
def test_too_few_meetings_show_no_figure(start: Start, times: int) -> None:
    at = start()
    held(times, *AGREED)
    said = text(to_intervisie(at))
    assert "Daarover is nog niets te zeggen." in said
    assert "procent" not in said


def test_what_a_team_leader_reads_is_in_words(start: Start) -> None:
    at = start()
    held(3, *AGREED)
    held(2, *SPLIT)
    to_intervisie(at)
    said = text(at)
    assert "De volgende stap, in alle bijeenkomsten." in said
    # Three times 20 of 20 pairs agree and twice 8 of 20: 76 of 100.
    assert "in 76 procent van de keren hetzelfde antwoord" in said
    unfold(at, "overeenstemming_vraag")
    assert "Kan de cliënt de lesdagen aan?" in text(at)
    assert "Iedereen gaf steeds hetzelfde antwoord." in text(at)
    assert "Ander 0" not in text(at)
