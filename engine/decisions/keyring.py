"""The keys that the record is enciphered with: one for each case, kept apart from the events.

Whoever has only the events can read nothing of a case, and a key that is destroyed makes all that
was recorded in its case unreadable, wherever a copy of the events is. So the keys are in a database
of their own, which is to be backed up apart from the record and not kept for longer than needed.

No key stays in memory: it is fetched for what is done at the moment, so that a key that another
process destroyed is gone here too. That takes a look-up of some 0.2 ms for each read and write.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from engine.decisions.address import RecordError, damaged
from engine.decisions.connecting import transaction
from engine.decisions.database import Database

KEY_BYTES = 32
_NONCE_BYTES = 12
_MANY = 500
_INDEX = "index"
"""The id of the key that lookups are made unreadable with; it belongs to no case."""
_SWEEP = "sweep"
"""The id of a row that is there, without a key, while removed keys can still be on the disk."""
_IDENTITY = "leidraad sleutelbos 1"

OTHER_KEYS = (
    "De sleutels horen niet bij dit dossier, of zij zijn weg. Er is niets veranderd. Zet de goede "
    "sleutels terug, of zeg met LEIDRAAD_SLEUTELS waar zij zijn."
)

_MASTER_WRONG = (
    "De hoofdsleutel past niet bij de sleutels van het dossier. Controleer LEIDRAAD_HOOFDSLEUTEL "
    "of LEIDRAAD_HOOFDSLEUTEL_BESTAND."
)

_keys = Table(
    "keys",
    MetaData(),
    Column("id", String(40), primary_key=True),
    # The key itself, or the key wrapped by the master key; then with its nonce in front.
    Column("wrapped", LargeBinary, nullable=False),
)


class KeyMissingError(RecordError):
    """The key of a case isn't there, so nothing of the case can be read."""

    def __init__(self) -> None:
        super().__init__(
            "De sleutel van deze casus ontbreekt, dus de inhoud is niet te lezen. Zet de "
            "sleutels van het dossier terug (LEIDRAAD_SLEUTELS)."
        )


class KeyLeftError(RecordError):
    """A key was destroyed, but its bytes can still be on the disk."""

    def __init__(self) -> None:
        super().__init__(
            "Wat gewist is, kan niemand in Leidraad meer lezen. Maar de sleutel staat misschien "
            "nog op de schijf: een ander programma is met de sleutels bezig, of Leidraad mag de "
            "tabel met sleutels niet opnieuw schrijven. Sluit dat programma of pas de rechten aan. "
            "Start Leidraad daarna opnieuw. Leidraad ruimt de sleutel dan alsnog op."
        )


def master_key() -> bytes | None:
    """Return the key that wraps all others, if there is one.

    ``LEIDRAAD_HOOFDSLEUTEL`` or the file ``LEIDRAAD_HOOFDSLEUTEL_BESTAND`` holds 32 bytes in
    base64.

    Raises:
        RecordError: what is there isn't such a key.
    """
    said = os.environ.get("LEIDRAAD_HOOFDSLEUTEL", "")
    try:
        if file := os.environ.get("LEIDRAAD_HOOFDSLEUTEL_BESTAND"):
            said = Path(file).expanduser().read_text(encoding="ascii")
        found = base64.b64decode(said.strip(), validate=True)
    except (OSError, RuntimeError, ValueError, binascii.Error):
        found = b"?"
    if not found:
        return None
    if len(found) != KEY_BYTES:
        raise RecordError(
            "De hoofdsleutel is niet te gebruiken. Geef 32 willekeurige bytes in base64, "
            "bijvoorbeeld van: openssl rand -base64 32."
        )
    return found


class Key(NamedTuple):
    """The key of a case.

    Attributes:
        id: names it where it is used; random.
        cipher: enciphers and deciphers with it.
    """

    id: str
    cipher: AESGCM


class Keyring:
    """The keys at an address; opened when the first is needed. Threads may share one."""

    def __init__(self, address: str, master: bytes | None) -> None:
        self._address = address
        self._master = AESGCM(master) if master else None
        self._turn = Lock()
        self._database: Database | None = None
        self._blinder = b""

    def close(self) -> None:
        """Let go of the database."""
        with self._turn:
            if self._database is not None:
                self._database.close()
            self._database = None
            self._blinder = b""

    def make(self) -> Key:
        """Make the key of a new case.

        Raises:
            RecordError: it can't be kept.
        """
        name, key = secrets.token_hex(16), secrets.token_bytes(KEY_BYTES)
        with self._open().writing() as connection:
            connection.execute(insert(_keys).values(id=name, wrapped=self._wrap(name, key)))
        return Key(name, AESGCM(key))

    def fetch(self, names: Iterable[str]) -> Mapping[str, Key]:
        """Return keys by id, as far as they are there; to be let go of after use.

        Raises:
            RecordError: they can't be read.
        """
        wanted, found = sorted(set(names)), dict[str, Key]()
        for start in range(0, len(wanted), _MANY):
            asked = select(_keys).where(_keys.c.id.in_(wanted[start : start + _MANY]))
            with self._open().reading() as connection:
                rows = connection.execute(asked).all()
            for row in rows:
                found[row.id] = Key(row.id, AESGCM(self._unwrap(row.id, row.wrapped)))
        return found

    def destroy(self, names: Iterable[str]) -> None:
        """Destroy keys, for good; those that aren't there any more are no trouble.

        Raises:
            KeyLeftError: they are gone, but their bytes can still be on the disk.
            RecordError: they can't be destroyed.
        """
        database, gone = self._open(), list(names)
        with database.writing() as connection:
            if connection.execute(delete(_keys).where(_keys.c.id.in_(gone))).rowcount:
                _to_sweep(connection)
        self._sweep(database)

    def identity(self) -> str:
        """Return what tells these keys from all others; it says nothing of any of them.

        Raises:
            RecordError: they can't be read, or the master key is not theirs.
        """
        return self.blind(_IDENTITY)

    def lock(self) -> None:
        """Wrap the keys that are from before there was a master key.

        Raises:
            RecordError: they can't be read or written.
        """
        if self._master is None:
            return
        with self._open().writing() as connection:
            plain = select(_keys).where(func.length(_keys.c.wrapped) == KEY_BYTES)
            for row in connection.execute(plain).all():
                own = update(_keys).where(_keys.c.id == row.id)
                connection.execute(own.values(wrapped=self._wrap(row.id, row.wrapped)))
                _to_sweep(connection)

    def blind(self, text: str) -> str:
        """Return what stands for a text where it must be found and not read.

        Raises:
            RecordError: the key for it can't be read or kept.
        """
        self._open()
        return hmac.new(self._blinder, text.encode(), hashlib.sha256).hexdigest()

    def _open(self) -> Database:
        with self._turn:
            if self._database is None:
                self._database = Database(self._address, self._prepare)
            return self._database

    def _prepare(self, engine: Engine) -> None:
        """Make the table, and see whether the master key is the right one.

        Raises:
            RecordError: the master key isn't that of these keys, or others took their place.
        """
        with transaction(engine, writes=True) as connection:
            _keys.create(connection, checkfirst=True)
            blinder = self._index(connection)
        if self._blinder not in (b"", blinder):
            raise RecordError(OTHER_KEYS)
        self._blinder = blinder

    def _index(self, connection: Connection) -> bytes:
        """Return the key that lookups are blinded with; it is made if there is none yet."""
        # By id, so that another one shows that the master key is not that of these keys.
        kept = select(_keys).where(_keys.c.id != _SWEEP).order_by(_keys.c.id != _INDEX).limit(1)
        found = connection.execute(kept).first()
        key = self._unwrap(found.id, found.wrapped) if found else b""
        if found is None or found.id != _INDEX:
            key = secrets.token_bytes(KEY_BYTES)
            wrapped = self._wrap(_INDEX, key)
            connection.execute(insert(_keys).values(id=_INDEX, wrapped=wrapped))
        return key

    def _sweep(self, database: Database) -> None:
        """Have nothing stay on the disk of keys that were removed or locked.

        Raises:
            KeyLeftError: it can't be done now; tried again when the keys are next opened.
        """
        waits = select(_keys.c.id).where(_keys.c.id == _SWEEP)
        with database.reading() as connection:
            if connection.execute(waits).first() is None:
                return
        if not database.settle(_keys.name):
            raise KeyLeftError
        with database.writing() as connection:
            connection.execute(delete(_keys).where(_keys.c.id == _SWEEP))

    def _wrap(self, name: str, key: bytes) -> bytes:
        if self._master is None:
            return key
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._master.encrypt(nonce, key, name.encode())

    def _unwrap(self, name: str, wrapped: bytes) -> bytes:
        """Return the key itself.

        Raises:
            RecordError: it was wrapped by another master key.
        """
        if not isinstance(wrapped, bytes):  # a file can hold something of another sort
            raise damaged()
        if len(wrapped) == KEY_BYTES:
            return wrapped
        if self._master is None:
            raise RecordError(
                "De sleutels van het dossier zijn vergrendeld met een hoofdsleutel. Geef die met "
                "LEIDRAAD_HOOFDSLEUTEL of LEIDRAAD_HOOFDSLEUTEL_BESTAND."
            )
        try:
            return self._master.decrypt(
                wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], name.encode()
            )
        except (InvalidTag, ValueError):
            raise RecordError(_MASTER_WRONG) from None


def _to_sweep(connection: Connection) -> None:
    """Note that there is something to sweep, in the same transaction."""
    connection.execute(delete(_keys).where(_keys.c.id == _SWEEP))
    connection.execute(insert(_keys).values(id=_SWEEP, wrapped=b""))
