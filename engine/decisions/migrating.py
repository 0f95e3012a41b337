"""Brings the tables of the record up to date."""

from __future__ import annotations

import logging
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from engine.decisions.address import RecordError
from engine.decisions.connecting import leave_nothing, transaction
from engine.decisions.keyring import Keyring

_LOG = logging.getLogger(__name__)

_CHAINED = "0003"
"""The version since which every event is enciphered and in the chain."""
_READABLE = ("events", "decided")
"""The tables that anyone could read before."""

_MIGRATING = Lock()
"""Alembic keeps what it is doing in globals, so threads migrate one at a time."""


def is_older(engine: Engine) -> bool:
    """Say whether a record has tables of an earlier version; nothing is changed in it.

    Raises:
        RecordError: it is from before the chain, from a newer Leidraad, or no record at all.
    """
    scripts = _scripts(_config())
    with transaction(engine) as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        raise RecordError("Hier is nog geen dossier. Er is niets nagerekend en niets gemaakt.")
    _check_known(current, scripts)
    if current < _CHAINED:
        raise RecordError(
            "Dit dossier is van een oudere Leidraad, die nog geen keten maakte. Er is niets "
            "nagerekend en niets veranderd."
        )
    return current != scripts.get_current_head()


def migrate(engine: Engine, keyring: Keyring) -> None:
    """Bring the tables up to date, in one transaction.

    Args:
        engine: the database.
        keyring: the keys to encipher with what was recorded before there were keys.

    Raises:
        RecordError: the database is from a newer Leidraad, or it refused.
    """
    config = _config()
    scripts = _scripts(config)
    newest = scripts.get_current_head()
    with transaction(engine) as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == newest:
        return
    with _MIGRATING, transaction(engine, writes=True) as connection:
        # Another process may have been first.
        current = MigrationContext.configure(connection).get_current_revision()
        _check_known(current, scripts)
        config.attributes["connection"] = connection
        config.attributes["keyring"] = keyring
        command.upgrade(config, "head")
    if current is not None and current < _CHAINED and not leave_nothing(engine, _READABLE):
        _LOG.warning(
            "What was readable before may still be on the disk: VACUUM FULL %s, as their owner.",
            ", ".join(_READABLE),
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "engine.decisions:migrations")
    return config


def _scripts(config: Config) -> ScriptDirectory:
    return ScriptDirectory.from_config(config)


def _check_known(current: str | None, scripts: ScriptDirectory) -> None:
    """Refuse tables that this version of Leidraad doesn't know.

    Raises:
        RecordError: a newer Leidraad made them.
    """
    if current not in (None, *(script.revision for script in scripts.walk_revisions())):
        raise RecordError(
            "Dit dossier is gemaakt met een nieuwere versie van Leidraad. Werk Leidraad eerst "
            "bij; er is niets veranderd."
        )
