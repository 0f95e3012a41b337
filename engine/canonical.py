"""One way to write data as JSON, so that equal data have equal text and equal hashes."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical(data: Any) -> str:
    """Return JSON text that is the same for the same data: sorted keys, ASCII, no spaces.

    Raises:
        TypeError: the data holds something that JSON doesn't know.
        ValueError: the data holds a number that JSON doesn't know.
    """
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(data: Any) -> str:
    """Return the SHA-256 (hexadecimal) over the canonical JSON of the data."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()
