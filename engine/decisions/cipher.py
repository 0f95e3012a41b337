"""How the payload of an event is enciphered, with the key of its case.

A payload is stored as ``1.<id of the key>.<base64 of nonce and ciphertext>``: AES-256-GCM, with a
random nonce of 96 bits. The ciphertext is bound to the id, case, kind and form of its event, so it
can't be put in the place of another. What is stored as JSON was never secret: that a case was
erased.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag

from engine.decisions.address import damaged
from engine.decisions.keyring import Key, KeyMissingError

_FORM = "1"
_NONCE_BYTES = 12


class Place(NamedTuple):
    """The event that a payload belongs to."""

    id: UUID
    case: str
    kind: str
    form: int

    def bytes(self) -> bytes:
        """Return it as the data that ciphertext is bound to."""
        return "|".join(map(str, self)).encode()


def key_of(stored: object) -> str | None:
    """Return the id of the key that a payload was enciphered with; ``None`` if it wasn't."""
    form, _, rest = stored.partition(".") if isinstance(stored, str) else ("", "", "")
    return rest.partition(".")[0] if form == _FORM else None


def encipher(key: Key, place: Place, payload: str) -> str:
    """Encipher a payload."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = key.cipher.encrypt(nonce, payload.encode(), place.bytes())
    return f"{_FORM}.{key.id}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def decipher(keys: Mapping[str, Key], place: Place, stored: str) -> str:
    """Return a payload as it was before it was enciphered.

    Args:
        keys: by id; that of the payload is among them if it is there.
        place: the event that the payload is stored for.
        stored: the payload as it is stored.

    Raises:
        KeyMissingError: the key isn't there, or not any more.
        RecordError: it was changed or belongs to another event.
    """
    name = key_of(stored)
    if name is None:
        return stored
    if name not in keys:
        raise KeyMissingError
    try:
        mixed = base64.urlsafe_b64decode(stored.split(".", 2)[2])
        nonce, sealed = mixed[:_NONCE_BYTES], mixed[_NONCE_BYTES:]
        return keys[name].cipher.decrypt(nonce, sealed, place.bytes()).decode()
    except (InvalidTag, IndexError, ValueError, binascii.Error) as error:
        raise damaged() from error
