"""Files that are there whole or not at all."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

if sys.platform != "win32":
    import fcntl

_PREFIX = ".leidraad-"
_LOCK = ".bezig"
_ABANDONED_SECONDS = 24 * 60 * 60


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """Offer a folder to work in, on the same disk, which is gone afterwards whatever happens.

    Only a process that is killed leaves it behind, with answers of clients in it. The next one
    that works there takes it away.

    Raises:
        OSError: the folder isn't there or can't be written to.
    """
    for left in folder.glob(f"{_PREFIX}*"):
        if left.is_dir() and _is_abandoned(left):
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=_PREFIX, dir=folder) as name, _held(Path(name)):
        yield Path(name)


@contextmanager
def _held(place: Path) -> Iterator[None]:
    """Hold a lock that the system lets go of when this process ends, however that goes."""
    if sys.platform == "win32":  # It has no such locks.
        yield
        return
    early = place / f"{_LOCK}-eerst"
    with early.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Only now others see it: a lock that is there and free is of nobody any more.
        early.rename(place / _LOCK)
        yield


def _is_abandoned(place: Path) -> bool:
    """Whether who worked here is gone; without a lock that shows only after a day."""
    lock = place / _LOCK
    if sys.platform == "win32" or not lock.exists():
        return time.time() - place.stat().st_mtime > _ABANDONED_SECONDS
    try:
        with lock.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Offer a place to write a file, and put it at ``path`` when all went well.

    Whatever goes wrong, also a cancel, leaves what stood at ``path`` as it was, and nothing else.

    Yields:
        A path on the same disk, with the same ending.

    Raises:
        OSError: the folder isn't there or can't be written to.
    """
    with workplace(path.parent) as folder:
        place = folder / path.name
        yield place
        place.replace(path)


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """Offer a folder to fill, and put it at ``path`` when all went well.

    Whatever goes wrong, also a cancel, leaves what stood at ``path`` as it was, and nothing else.
    No system swaps two folders everywhere, so a kill in the instant between the two renames leaves
    both in the workplace, until the next one clears it.

    Yields:
        An empty folder on the same disk.

    Raises:
        OSError: the folder above isn't there or can't be written to.
    """
    with workplace(path.parent) as here:
        place, before = here / "nieuw", here / "vorige"
        place.mkdir()
        yield place
        if path.exists():
            path.rename(before)
        try:
            place.rename(path)
        except OSError:
            if before.exists():
                before.rename(path)
            raise


def parquet_writer(place: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Open a Parquet file to write to; whatever a column is in memory, it is plain in the file."""
    # With the schema of Arrow in it, some readers make categories of words.
    return pq.ParquetWriter(place, schema, compression="zstd", store_schema=False)
