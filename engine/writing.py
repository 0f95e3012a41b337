"""Writes files together: all of them or none, and none of them half."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

_NOTHING: Mapping[Path, bytes] = MappingProxyType({})


def write_together(
    files: Mapping[Path, bytes], instead_of: Mapping[Path, bytes] = _NOTHING
) -> None:
    """Write files, each beside its place first, so that no place ever has half a file.

    Args:
        files: what comes in each place; the folders are made.
        instead_of: what some of those places hold now. Everywhere else nothing is written over.

    Raises:
        OSError: with the place that it is about as its name; everything is as it was.
    """
    done: list[Path] = []
    beside = {place: place.with_name(f".{place.name}.{uuid4().hex}") for place in files}
    try:
        for place, path in beside.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[place])
        for place, path in beside.items():
            if place not in instead_of and os.path.lexists(place):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            path.replace(place)
            done.append(place)
    except OSError as error:
        for one in done:
            if one in instead_of:
                one.write_bytes(instead_of[one])
            else:
                one.unlink()
        raise OSError(error.errno, error.strerror, str(place)) from error
    finally:
        for path in beside.values():
            # What went wrong was said already; a file beside its place is nothing to anyone.
            with suppress(OSError):
                path.unlink(missing_ok=True)
