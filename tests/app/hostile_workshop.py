"""The forms of the workshop in which someone can type an attack, for ``test_hostile_fields.py``."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest

from tests.app.helpers import click

_PROTOCOL = "proef"
_WITH_A_DURATION = 3


def _at_work(at: AppTest, part: str) -> AppTest:
    at.query_params["protocol"] = _PROTOCOL
    at.switch_page("ui/pages/werkplaats.py").run()
    return _go_to(at, part)


def _go_to(at: AppTest, part: str) -> AppTest:
    at.session_state[f"werkplaats_delen_{_PROTOCOL}"] = part
    return at.run()


def rule(at: AppTest) -> str:
    at.session_state[f"werkplaats_manier_{_PROTOCOL}"] = "formulier"
    at.session_state[f"werkplaats_regel_{_PROTOCOL}"] = _WITH_A_DURATION
    _at_work(at, "Bewerken")
    return next(str(one.key) for one in at.button if str(one.key).endswith("_opslaan"))


def limit(at: AppTest) -> str:
    at.session_state[f"werkplaats_manier_{_PROTOCOL}"] = "grens"
    _at_work(at, "Bewerken")
    at.number_input[0].set_value(5)
    at.selectbox(key="werkplaats_grens_langste_duur_landelijk_0_bron").set_value("proefwet")
    return "werkplaats_grens_langste_duur_landelijk_0_erbij"


def proposal(at: AppTest) -> str:
    _at_work(at, "Bewerken")
    (drawn,) = at.get("bidi_component")
    text: str = json.loads(drawn.proto.json)["text"]
    other = text.replace("Op een aanvraag hoort", "Bij een aanvraag hoort")
    at.session_state[f"werkplaats_tekst_{_PROTOCOL}_0_0"] = {"text": other}
    at.run()
    click(_go_to(at, "Gevolgen"), "werkplaats_wie")
    _go_to(at, "Voorstel")
    at.text_area[0].set_value("Een ander woord.").run()
    return "werkplaats_map_schrijven"
