"""The consequences of a new version as plain data, for a machine."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.compare import Change
from engine.conditions import Value
from engine.consequences.gathering import Consequences
from engine.decisions import Division, Hindsight, Shift
from engine.design.comparing import CaseDifference, RuleDifference
from engine.design.differing import AnyClient, EveryClient
from engine.design.structure import ItemDifference
from engine.small_numbers import Shown
from engine.turns import why


def as_json(found: Consequences) -> dict[str, Any]:
    """Return what a new version changes as plain JSON data, complete and in a fixed order."""
    cases = found.cases
    return {
        "oud": found.old.name,
        "nieuw": found.new.name,
        "op_datum": found.on_the_day,
        "gelijk": found.same_files,
        "kennis": [_item(one) for one in found.items],
        "casussen": {
            "vergeleken": cases.compared,
            "geraakt": cases.touched,
            "alleen_status": cases.beside,
            "andere_vragen": cases.asked,
            "verschillen": [_difference(one, found) for one in cases.differences],
            "tegenspraak": [
                {"handeling": one.action, "komt_erbij": one.came, "vervalt": one.went}
                for one in cases.conflicts
            ],
            "niet_vergeleken": [
                {"bestand": one.name, "oud": one.old, "nieuw": one.new} for one in cases.unread
            ],
        },
        "clienten": None if found.clients is None else _anyone(found.clients, found),
        "dossier": None if found.decisions is None else _decided(found.decisions),
    }


def _item(one: ItemDifference) -> dict[str, Any]:
    what = "nieuw" if one.is_new else "weg" if one.is_gone else "anders"
    return {
        "soort": one.kind.value,
        "id": one.id,
        "naam": one.title,
        "wat": what,
        "sleutels": list(one.keys),
    }


def _difference(difference: RuleDifference, found: Consequences) -> dict[str, Any]:
    return {
        "regel": difference.rule.id,
        "titel": difference.rule.title,
        "verandering": difference.turn.value,
        "was": difference.then.value if difference.then else None,
        "wordt": difference.now.value if difference.now else None,
        "casussen": [_case(one, change, found) for one, change in difference.found],
    }


def _case(one: CaseDifference, change: Change, found: Consequences) -> dict[str, Any]:
    return {
        "casus": one.case.case.id,
        "bestand": one.case.name,
        "antwoorden": one.size,
        "waarom": why(change, one.comparison, found.new.knowledge),
    }


def _anyone(clients: EveryClient, found: Consequences) -> dict[str, Any]:
    return {
        "bewezen_gelijk": clients.is_proof,
        "gelijke_regels": clients.same,
        "niet_nagegaan": list(clients.undecided),
        "verschillen": [_client(one, found) for one in clients.found],
    }


def _client(one: AnyClient, found: Consequences) -> dict[str, Any]:
    change = one.change
    return {
        "regel": change.rule.id,
        "verandering": change.turn.value,
        "was": change.then.value if change.then else None,
        "wordt": change.now.value if change.now else None,
        "instantie": one.authority,
        "peildatum": one.day.isoformat(),
        "feiten": {name: _plain(raw) for name, raw in sorted(one.facts.items())},
        "waarom": why(change, one.comparison, found.new.knowledge),
    }


def _plain(value: Value) -> str | int:
    return value.isoformat() if isinstance(value, date) else value


def _decided(found: Hindsight) -> dict[str, Any]:
    return {
        "alles": _shifts(found.shifts),
        "protocollen": {one.name: _shifts(one.shifts) for one in found.protocols},
        "regels": {one.name: _rule(one) for one in found.rules},
        "te_weinig": found.too_few,
        "protocollen_niet_getoond": found.unseen,
        "voorbeelden": {shift.value: found.examples.get(shift, 0) for shift in Shift},
    }


def _rule(one: Division) -> dict[str, Any]:
    return {"titel": one.title, **_shifts(one.shifts)}


def _shifts(shown: Shown[Shift]) -> dict[str, Any]:
    """Return what may be shown; ``None`` for what happened, and may not be."""
    parts = {shift.value: share.count if share else None for shift, share in shown.parts.items()}
    return {"totaal": shown.total, "uitkomsten": parts}
