"""Empty databases for the tests."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import psycopg


def new_postgres(server: str) -> str:
    """The address of a new database on the server at this address."""
    name = f"t_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.replace("/postgres?", f"/{name}?")


def new_sqlite(folder: Path) -> str:
    """The address of a new file in the folder."""
    return f"sqlite:///{folder / uuid4().hex}.db"
