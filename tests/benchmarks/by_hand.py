"""One protocol written by hand over a table, as someone would who needs no explanations.

The conditions of ``bestandsdoorlichting`` as they stood on 2026-11-01, once in Polars and once in
NumPy. The benchmark holds the rules' own translation to both: what they say, and how long it takes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from polars import col

PROTOCOL = "bestandsdoorlichting"
Flags = npt.NDArray[np.bool_]

FACTS = (
    "doorlichting",
    "eigenrisicodrager",
    "traject_loopt",
    "afspraken_eigen_adviseur",
    "dossier_groep",
    "wia_duurzaam",
    "wsw",
    "werk_uren",
    "verblijf",
    "eerder_traject_uwv",
    "dossier_voldoende",
    "hulp_gevraagd",
    "kans_in_dossier",
    "uitkomst_gemeld",
)


def in_polars(files: pl.DataFrame) -> pl.DataFrame:
    """Return whether the condition of each rule is true; empty where that is unknown."""
    asked, group, stays = col("doorlichting") == "ja", col("dossier_groep"), col("verblijf")
    helped = (
        (col("eigenrisicodrager") == "ja")
        | (col("traject_loopt") == "ja")
        | (col("afspraken_eigen_adviseur") == "ja")
    )
    lasting = (group == "medisch") & (col("wia_duurzaam") == "ja")
    sheltered = (col("wsw") == "indicatie") | (col("wsw") == "dienstverband")
    many_hours = col("werk_uren") > 32
    away = (stays == "geemigreerd") | (stays == "overleden")
    before = col("eerder_traject_uwv") == "ja"
    thin = col("dossier_voldoende") == "nee"
    other_group = (group == "onder_35") | (group == "alleen_wajong")
    chance = col("kans_in_dossier")
    ground = (
        (group == "iva")
        | other_group
        | lasting
        | sheltered
        | many_hours
        | away
        | helped
        | before
        | thin
    )
    first = files.lazy().with_columns(ander=helped, grond=ground)
    helped, ground = col("ander"), col("grond")
    rules = {
        "groep-iva": asked & (group == "iva"),
        "label-medisch": asked & lasting,
        "andere-groep": asked & other_group,
        "sociale-werkvoorziening": asked & sheltered,
        "werk-veel-uren": asked & many_hours,
        "niet-bereikbaar": asked & away,
        "eerder-traject": asked & before,
        "dossier-te-mager": asked & thin,
        "client-vraagt-zelf": asked & (col("hulp_gevraagd") == "ja") & (stays != "overleden"),
        "ander-helpt-al": asked & helped,
        "medisch-niet-duurzaam": asked & (group == "medisch") & ~ground,
        "kansen-gezien": asked & ~ground & (chance == "kansen"),
        "kansen-onduidelijk": asked & ~ground & (chance == "niet_te_zeggen"),
        "geen-kansen-gezien": asked & ~ground & (chance == "geen_kansen"),
        "uitkomst-melden": asked
        & (stays != "overleden")
        & (col("uitkomst_gemeld") == "nee")
        & (ground | (chance == "geen_kansen")),
    }
    named = [truth.alias(f"{PROTOCOL}.{name}") for name, truth in rules.items()]
    return first.select("dossier", *named).collect()


class Kleene(NamedTuple):
    """Where something is true and where it is false; elsewhere it is unknown."""

    true: Flags
    false: Flags

    def __and__(self, other: Kleene) -> Kleene:
        return Kleene(self.true & other.true, self.false | other.false)

    def __or__(self, other: Kleene) -> Kleene:
        return Kleene(self.true | other.true, self.false & other.false)

    def __invert__(self) -> Kleene:
        return Kleene(self.false, self.true)


class _Coded:
    """A column of text as small numbers, to compare fast."""

    def __init__(self, column: pl.Series) -> None:
        encoded = column.to_arrow().dictionary_encode()
        self._places = {word: place for place, word in enumerate(encoded.dictionary.to_pylist())}
        self._codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int8)
        self._known = self._codes >= 0

    def is_one(self, *words: str) -> Kleene:
        true = np.zeros(len(self._codes), np.bool_)
        for word in words:
            if word in self._places:
                true |= self._codes == self._places[word]
        return Kleene(true, self._known & ~true)


def in_numpy(files: pl.DataFrame) -> dict[str, Kleene]:
    """Return whether the condition of each rule is true, by its id."""
    text: dict[str, Any] = {name: _Coded(files[name]) for name in FACTS if name != "werk_uren"}
    hours = files["werk_uren"].fill_null(-1).to_numpy()
    asked, group, stays = text["doorlichting"].is_one("ja"), text["dossier_groep"], text["verblijf"]
    helped = (
        text["eigenrisicodrager"].is_one("ja")
        | text["traject_loopt"].is_one("ja")
        | text["afspraken_eigen_adviseur"].is_one("ja")
    )
    lasting = group.is_one("medisch") & text["wia_duurzaam"].is_one("ja")
    sheltered = text["wsw"].is_one("indicatie", "dienstverband")
    many_hours = Kleene(hours > 32, (hours >= 0) & (hours <= 32))
    away = stays.is_one("geemigreerd", "overleden")
    before = text["eerder_traject_uwv"].is_one("ja")
    thin = text["dossier_voldoende"].is_one("nee")
    other_group = group.is_one("onder_35", "alleen_wajong")
    chance = text["kans_in_dossier"]
    iva, alive = group.is_one("iva"), ~stays.is_one("overleden")
    ground = iva | other_group | lasting | sheltered | many_hours | away | helped | before | thin
    rules = {
        "groep-iva": asked & iva,
        "label-medisch": asked & lasting,
        "andere-groep": asked & other_group,
        "sociale-werkvoorziening": asked & sheltered,
        "werk-veel-uren": asked & many_hours,
        "niet-bereikbaar": asked & away,
        "eerder-traject": asked & before,
        "dossier-te-mager": asked & thin,
        "client-vraagt-zelf": asked & text["hulp_gevraagd"].is_one("ja") & alive,
        "ander-helpt-al": asked & helped,
        "medisch-niet-duurzaam": asked & group.is_one("medisch") & ~ground,
        "kansen-gezien": asked & ~ground & chance.is_one("kansen"),
        "kansen-onduidelijk": asked & ~ground & chance.is_one("niet_te_zeggen"),
        "geen-kansen-gezien": asked & ~ground & chance.is_one("geen_kansen"),
        "uitkomst-melden": asked
        & alive
        & text["uitkomst_gemeld"].is_one("nee")
        & (ground | chance.is_one("geen_kansen")),
    }
    return {f"{PROTOCOL}.{name}": truth for name, truth in rules.items()}
