"""The forms of intervisie in which someone can type an attack, for ``test_hostile_fields.py``."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from engine.decisions import TextChoice
from engine.words import Ruling, Stage, Sureness
from tests.app import meeting as others
from tests.app.group import (
    all_shown,
    begun,
    choose_case,
    meeting_of,
    texts_of,
    to_intervisie,
)
from tests.app.helpers import click
from ui import service
from ui.meeting.form import OTHER


def preparing(at: AppTest) -> str:
    choose_case(to_intervisie(at))
    while open_ones := [one for one in texts_of(at) if one.value is None]:
        open_ones[0].set_value(TextChoice.REWRITTEN).run()
        empty = [area for area in at.text_area if not area.value]
        for area in empty:
            area.set_value("Een tekst voor de groep.").run()
    return "bijeenkomst_klaarzetten"


def taking_part(at: AppTest) -> str:
    _, code = others.prepared()
    at.query_params["sessie"] = code
    at.switch_page("ui/pages/intervisie.py").run()
    return "meedoen"


def _inside(at: AppTest) -> tuple[str, str]:
    """Take part, by the link; return the meeting and its code."""
    meeting, code = others.prepared()
    at.query_params["sessie"] = code
    at.switch_page("ui/pages/intervisie.py").run()
    at.text_input(key="meedoen_naam").set_value("Anna")
    click(at, "meedoen")
    return meeting, code


def answering(at: AppTest) -> str:
    meeting, _ = _inside(at)
    at.radio(key=f"groep_belastbaar_{meeting}").set_value("ja")
    at.radio(key=f"groep_step_{meeting}").set_value(OTHER).run()
    at.radio(key=f"groep_sure_{meeting}").set_value(Sureness.SURE)
    return "groepsantwoord_versturen"


def adding(at: AppTest) -> str:
    meeting, code = _inside(at)
    others.others(code, others.DECIDE, others.COURSE)
    others.reveal(meeting, Stage.CHOICES)
    at.run()
    return "aanvullen"


def noting(at: AppTest) -> str:
    begun(at)
    return "bijeenkomst_noteren"


def concluding(at: AppTest) -> str:
    meeting = meeting_of(all_shown(at))
    at.radio(key=f"uitspraak_ruling_{meeting}").set_value(Ruling.UPHOLD)
    at.date_input(key=f"uitspraak_by_0_{meeting}").set_value(service.today()).run()
    return "uitspraak_vastleggen"
