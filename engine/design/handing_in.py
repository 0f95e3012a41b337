"""Writes a proposal in a folder with knowledge: whole or not at all, never over what is there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from engine.reader import os_error_in_words
from engine.writing import write_together


class HandInError(Exception):
    """The files can't be written there; the message is Dutch, for a user."""


def hand_in(
    folder: Path, files: Mapping[str, str], released: Mapping[str, bytes], in_use: Path
) -> list[Path]:
    """Write a proposal.

    Args:
        folder: a folder with knowledge, such as that of a branch.
        files: the text of each file, by its name in the folder.
        released: what the proposal began with; a file that is there already must be that.
        in_use: the folder that the app reads, where a file would count at once.

    Returns:
        The files that were written.

    Raises:
        HandInError: nothing was written.
    """
    try:
        if not (folder / "protocollen").is_dir():
            raise HandInError(f"In {folder} staat geen map protocollen. Kies een map met kennis.")
        if folder.samefile(in_use):
            raise HandInError(
                "Dit is de map waar Leidraad nu mee werkt. Wat daar staat, geldt meteen. Kies de "
                "map van een aftakking, zodat eerst een ander ernaar kijkt."
            )
        targets = {folder / name: text.encode() for name, text in files.items()}
        for name in files:
            _check(folder / name, released.get(name))
        write_together(targets, {folder / name: released[name] for name in files.keys() & released})
    except OSError as error:
        raise HandInError(
            f"Het voorstel kan daar niet worden geschreven: {os_error_in_words(error)}."
        ) from error
    return list(targets)


def _check(target: Path, before: bytes | None) -> None:
    """See that nothing is lost: a new version is new, and another file is as it was."""
    if before is None and target.exists():
        raise HandInError(f"{target} is er al. Een versie die er is, verandert niet meer.")
    if before is not None and (not target.is_file() or target.read_bytes() != before):
        raise HandInError(
            f"{target} is anders dan toen u begon. Neem die verandering eerst over in Leidraad."
        )
