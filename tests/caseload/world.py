"""What the tests of whole caseloads share."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyarrow as pa

from engine import paths
from engine.case import Case
from engine.case_file import read_cases
from engine.caseload.coupled import coupling_of
from engine.caseload.intake import Intake, take_in
from engine.caseload.sources import open_source
from engine.coupling import Coupling
from engine.library import Knowledge
from engine.loading import load
from engine.reader import read_text


@cache
def knowledge() -> Knowledge:
    return load(paths.knowledge_folder())


@cache
def cases() -> tuple[Case, ...]:
    return tuple(read.case for read in read_cases(paths.cases_folder(), knowledge())[0])


def coupling(columns: str, dossier: str = "nr", more: str = "") -> Coupling:
    """A coupling, from lines of YAML below ``kolommen``."""
    text = f"koppeling: proef\ndossier: {dossier}\n{more}kolommen:\n{columns}"
    return coupling_of(read_text(text.encode(), "proef.yaml"), knowledge())


def written(folder: Path, content: str | bytes, name: str = "bestand.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def taken_in(folder: Path, content: str | bytes, coupled: Coupling) -> Intake:
    """A text file, taken in with its files in a folder of their own."""
    out = folder / "uit"
    out.mkdir(exist_ok=True)
    return take_in(open_source(written(folder, content)), coupled, knowledge(), out)


def rows(source_columns: tuple[str, ...], batches: list[pa.RecordBatch]) -> list[dict[str, str]]:
    """The cells of batches, row by row."""
    return [row for batch in batches for row in batch.select(list(source_columns)).to_pylist()]
