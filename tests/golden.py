"""Golden files: what users read is compared to the letter; LEIDRAAD_GOUD=1 writes them anew."""

import os
from pathlib import Path


def check_golden(path: Path, text: str) -> None:
    """Compare with the file, or write it when asked to."""
    if os.environ.get("LEIDRAAD_GOUD") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs; see LEIDRAAD_GOUD"
