"""Where a database of the record is: its address, and the file that is at it."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError


class RecordError(Exception):
    """The record can't be opened, read or written; the message is Dutch, for a user."""


class DamagedError(RecordError):
    """Something can't have been stored by Leidraad."""


def damaged() -> DamagedError:
    """Return the error for what can't have been stored by Leidraad."""
    return DamagedError(
        "Een deel van dit dossier is beschadigd en kan niet worden gelezen. Controleer het "
        "logboek met: leidraad logboek verifieer."
    )


ADDRESS = (
    "Dit adres van het dossier begrijpt Leidraad niet. Gebruik sqlite:////map/leidraad.db of "
    "postgresql://gebruiker:wachtwoord@server/database."
)


def default_url() -> str:
    """Return where the record is unless said otherwise.

    ``LEIDRAAD_DATABASE_URL``; else ``leidraad.db`` in the folder ``LEIDRAAD_DATA``; else in
    ``leidraad`` in the user's data folder (XDG Base Directory Specification).

    Raises:
        RecordError: there is no telling which folder that is.
    """
    if url := os.environ.get("LEIDRAAD_DATABASE_URL"):
        return url
    try:
        file = _default_folder().absolute() / "leidraad.db"
        # Rendered, so that a '?' or '#' in the name of a folder stays a part of that name.
        return URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)
    except (OSError, RuntimeError, ValueError) as error:
        raise RecordError(
            "Leidraad weet niet in welke map het dossier hoort. Kies een map met LEIDRAAD_DATA."
        ) from error


def _default_folder() -> Path:
    if own := os.environ.get("LEIDRAAD_DATA"):
        return Path(own).expanduser()
    # The specification says to ignore a relative path.
    shared = Path(os.environ.get("XDG_DATA_HOME", ""))
    base = shared if shared.is_absolute() else Path.home() / ".local" / "share"
    return base / "leidraad"


def default_keys(record: str) -> str:
    """Return where the keys of a record are: ``LEIDRAAD_SLEUTELS``, else beside its file.

    Args:
        record: the address of the record.

    Raises:
        RecordError: the address can't be one of a record, or a server keeps it and nobody said
            where the keys are: each desk would make keys that the others don't have.
    """
    url = read_url(record)
    if own := os.environ.get("LEIDRAAD_SLEUTELS"):
        return own
    file = file_of(url)
    if file is None:
        raise RecordError(
            "Zeg met LEIDRAAD_SLEUTELS waar de sleutels van het dossier zijn: het adres van een "
            "andere database dan die van het dossier."
        )
    beside = file.with_name(f"{file.stem}.sleutels{file.suffix}")
    return URL.create("sqlite", database=str(beside)).render_as_string(hide_password=False)


def record_file(address: str) -> Path | None:
    """Return the file that a record is in; ``None`` if a server keeps it.

    Raises:
        RecordError: the address can't be one of a record.
    """
    return file_of(read_url(address))


def file_of(url: URL) -> Path | None:
    """Return the file that a database is in; ``None`` if a server keeps it."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def read_url(address: str) -> URL:
    """Read the address; PostgreSQL is spoken to with psycopg 3.

    Raises:
        RecordError: it can't be the address of a record.
    """
    try:
        url = make_url(address)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError, TypeError):
        raise RecordError(ADDRESS) from None
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    # A file takes no settings: how SQLite works here is what keeps the record whole.
    if backend == "sqlite" and url.database not in (None, "", ":memory:") and not url.query:
        return url.set(drivername="sqlite")
    raise RecordError(ADDRESS)
