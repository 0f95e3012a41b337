"""The end of the work: files that are ready for a branch, with what changes, why, and for whom."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from difflib import unified_diff
from pathlib import Path

import streamlit as st

from engine.consequences import document
from engine.design.handing_in import HandInError, hand_in
from engine.design.proposal import with_changelog
from engine.design.rewriting import RewriteError
from engine.note import to_markdown
from engine.paths import knowledge_folder
from ui import service, state
from ui.components import field_error
from ui.downloads import download
from ui.text import LOCAL, bullets_of, plain
from ui.workshop.desk import VERSION, Desk
from ui.workshop.effects import whom, worked_out

_WHY, _FOLDER = "werkplaats_waarom", "werkplaats_map_pad"


def proposal(desk: Desk) -> None:
    """Draw what the proposal holds, and the ways to take it along."""
    st.markdown(
        "Een voorstel is een bestand voor een volgende versie. Het geldt nog nergens: eerst kijkt "
        "een ander ernaar, in een aftakking (branch) van de map met kennis."
    )
    if not desk.changed:
        st.info("U hebt nog niets veranderd. Verander iets bij Bewerken.", icon=":material/edit:")
        return
    if desk.trial.knowledge is None:
        st.warning(
            "In uw versie zit nog een fout. Herstel die eerst bij Bewerken.",
            icon=":material/build:",
        )
        return
    found = worked_out(desk)
    if found is None:
        st.info(
            "Zoek eerst bij Gevolgen uit wie dit raakt. Dat komt in het voorstel te staan.",
            icon=":material/groups:",
        )
        return
    why = st.text_area(
        "Wat verandert u, en waarom?",
        key=desk.widget(_WHY),
        max_chars=1000,
        help="Dit leest iedereen die het protocol opent.",
    )
    field_error("voorstel", "waarom")
    affected = whom(found)
    st.markdown("**Dit komt erbij te staan:**\n\n" + bullets_of(affected))
    if not why.strip():
        st.caption("Schrijf eerst op wat u verandert en waarom.")
        return
    try:
        files = with_changelog(desk.knowledge, desk.changed, [" ".join(why.split()), *affected])
    except RewriteError as error:
        st.error(plain(str(error)))
        return
    for name, text in files.items():
        with st.expander(
            f"Wat er verandert in knowledge/{plain(name)}", key=f"werkplaats_bestand_{name}"
        ):
            st.caption("Een regel met een plus komt erbij, een regel met een min gaat weg.")
            st.code(_difference(desk, name, text), language=None, wrap_lines=True)
    packed = {f"knowledge/{name}": text for name, text in files.items()}
    packed[f"VOORSTEL-{desk.protocol}.md"] = to_markdown(document(found, datetime.now(LOCAL)))
    download(
        "Bewaar het voorstel (zip)",
        lambda: _zip(packed),
        f"voorstel-{desk.protocol}.zip",
        "application/zip",
        key="werkplaats_voorstel_zip",
    )
    if VERSION in desk.slots:
        name = desk.name(VERSION)
        download(
            "Alleen de nieuwe versie (YAML)",
            files[name].encode,
            name.rpartition("/")[2],
            "application/yaml; charset=utf-8",
            key="werkplaats_voorstel_yaml",
        )
    if desk.record.actor.alone:
        _folder(desk, files)


def _difference(desk: Desk, name: str, text: str) -> str:
    """Return which lines of a file differ from what is released, with the lines around them."""
    before = name if name in desk.knowledge.contents else desk.released.file
    old = desk.knowledge.contents[before].decode("utf-8-sig").splitlines()
    lines = unified_diff(old, text.splitlines(), before, name, lineterm="", n=2)
    return "\n".join(lines)


def _zip(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return made.getvalue()


def _folder(desk: Desk, files: dict[str, str]) -> None:
    """Offer to write the files in a folder; only to who works alone on this machine."""
    with st.form("werkplaats_map", border=True):
        st.text_input(
            "Of zet het in een map op deze computer",
            key=_FOLDER,
            placeholder="bijvoorbeeld: /home/u/leidraad/knowledge",
            help="De map met kennis van uw aftakking; daarin staat de map protocollen.",
        )
        field_error("voorstel", "map")
        st.form_submit_button(
            "Schrijf het voorstel in deze map",
            key="werkplaats_map_schrijven",
            icon=":material/folder:",
            on_click=_write,
            args=(desk, files),
        )


@service.guarded("voorstel")
def _write(desk: Desk, files: dict[str, str]) -> None:
    where = str(st.session_state.get(_FOLDER) or "").strip()
    if not desk.record.actor.alone or not where:
        state.set_errors("voorstel", {"map": "Vul een map in."})
        return
    try:
        made = hand_in(Path(where).expanduser(), files, desk.knowledge.contents, knowledge_folder())
    except HandInError as error:
        state.set_errors("voorstel", {"map": str(error)})
        return
    said = ", ".join(str(path) for path in made)
    state.notify(f"Het voorstel staat in: {said}. Zet het in een aftakking en laat het nakijken.")
