"""Where a version of the knowledge comes from: a folder, or a revision of the repository."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.knowledge import ParameterValue
from engine.library import BoundProtocol, Knowledge
from engine.loading import load

_OBJECT = re.compile(r"[0-9a-f]{40,64}")


class NoVersionError(Exception):
    """There is no such version of the knowledge; the message is Dutch, for a user."""


def read_version(where: str, folder: Path) -> Knowledge:
    """Read a version of the knowledge.

    Args:
        where: a folder, or anything that git knows as a revision: a tag, a branch, a commit.
        folder: the folder with the knowledge of now; of a revision the same folder is read.

    Raises:
        NoVersionError: it is neither a folder nor a revision with that folder in it.
        KnowledgeError: with all findings of all files.
    """
    if where and Path(where).is_dir():
        return load(Path(where))
    with TemporaryDirectory(prefix="leidraad-") as target:
        try:
            with tarfile.open(fileobj=BytesIO(_archive(where, folder))) as packed:
                packed.extractall(target, filter="data")
        except tarfile.TarError as error:
            raise NoVersionError(f"De versie {where!r} uit git is niet uit te pakken.") from error
        return load(Path(target))


def _archive(revision: str, folder: Path) -> bytes:
    """Return the folder as it was in a revision, packed."""
    neither = NoVersionError(
        f"{revision!r} is geen map, en git kent geen versie met die naam waarin {folder} staat."
    )
    # What begins with a dash would be an option to git.
    if not revision or revision.startswith("-"):
        raise neither
    found = _git("-C", str(folder), "rev-parse", "--absolute-git-dir", f"{revision}:./")
    match found.decode(errors="replace").splitlines():
        case [repository, tree] if _OBJECT.fullmatch(tree):
            # Away from the folder: there git would look for the folder inside the folder.
            return _git(f"--git-dir={repository}", "archive", "--format=tar", tree)
        case _:
            raise neither


def _git(*arguments: str) -> bytes:
    """Return what git says; nothing if it can't do what it is asked."""
    program = shutil.which("git")
    if program is None:
        raise NoVersionError(
            "Voor een versie uit git is git nodig, en dat is er niet. Noem een map."
        )
    done = subprocess.run([program, *arguments], capture_output=True, check=False)
    return b"" if done.returncode else done.stdout


def newest(knowledge: Knowledge) -> Knowledge:
    """Return the knowledge as if the last version of everything had always been in force.

    So a case of today shows what a version changes that only begins next year.
    """
    shared = {name: one.values for name, one in knowledge.parameters.items()}
    return replace(
        knowledge,
        protocols={name: (_ageless(all_[-1]),) for name, all_ in knowledge.protocols.items()},
        parameters={
            name: one.model_copy(update={"values": _last(one.values, one.values)})
            for name, one in knowledge.parameters.items()
        },
        overrides={
            authority: {
                name: _last(values, (*shared[name], *values)) for name, values in own.items()
            }
            for authority, own in knowledge.overrides.items()
        },
    )


def _ageless(version: BoundProtocol) -> BoundProtocol:
    always = {"valid_from": date.min, "valid_until": None}
    return replace(version, protocol=version.protocol.model_copy(update=always))


def _last(
    values: Sequence[ParameterValue], all_of_it: Sequence[ParameterValue]
) -> tuple[ParameterValue, ...]:
    """Return what is in force once the last value has begun, without its dates.

    A value that has ended by then says nothing any more, unless nothing came after it.
    """
    horizon = max(value.since for value in all_of_it)
    there = [one for one in values if one.until is None or one.until >= horizon]
    last = {value.applies_to: value for value in sorted(there, key=lambda one: one.since)}
    always = {"since": date.min, "until": None}
    return tuple(value.model_copy(update=always) for value in last.values())
