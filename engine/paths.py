"""Where the knowledge and the example cases are; an environment variable points elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def knowledge_folder() -> Path:
    """Return the folder with the knowledge: ``LEIDRAAD_KENNIS`` or the one beside the engine."""
    return Path(os.environ.get("LEIDRAAD_KENNIS") or _ROOT / "knowledge")


def cases_folder() -> Path:
    """Return the folder with the cases: ``LEIDRAAD_CASUSSEN`` or the one beside the engine."""
    return Path(os.environ.get("LEIDRAAD_CASUSSEN") or _ROOT / "cases")
