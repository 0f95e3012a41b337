"""Records as earlier versions left them: readable to anyone, and without a chain."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from engine.canonical import canonical
from engine.decisions import Event

_INSERT = text(
    "INSERT INTO events (seq, id, case_id, kind, at, actor, schema, payload) "
    "VALUES (:seq, :id, :case_id, :kind, :at, :actor, 1, :payload)"
)
_DECIDED = text(
    "INSERT INTO decided (seq, rule, case_id, outcome) VALUES (:seq, :rule, :case_id, :outcome)"
)


def older(url: str, history: Sequence[Event], version: str) -> None:
    """Make a record of a version before this one, with these events in their first form."""
    config = Config()
    config.set_main_option("script_location", "engine.decisions:migrations")
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        for seq, event in enumerate(history, 1):
            _add(connection, seq, event, with_rule=version != "0001")
    engine.dispose()


def _add(connection: Connection, seq: int, event: Event, *, with_rule: bool) -> None:
    in_file = connection.dialect.name == "sqlite"
    said: dict[str, Any] = json.loads(canonical(event.body.model_dump(mode="json")))
    for name in ("needed", "confirmed", "source", "said_on", "document", "at_once"):
        said.pop(name, None)
    row = {
        "seq": seq,
        "id": event.id.hex,
        "case_id": event.case_id,
        "kind": event.kind,
        "at": event.at.strftime("%Y-%m-%d %H:%M:%S.%f" if in_file else "%Y-%m-%d %H:%M:%S.%f%z"),
        "actor": event.actor,
        "payload": canonical(said),
    }
    connection.execute(_INSERT, row)
    if with_rule and event.kind == "decided":
        decision = said["decision"]
        row |= {"rule": decision["advised"]["rule"], "outcome": decision["outcome"]}
        connection.execute(_DECIDED, row)
