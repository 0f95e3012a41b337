"""How many examples the tests run: quick by default, in full with LEIDRAAD_GRONDIG=1."""

import os

THOROUGH = os.environ.get("LEIDRAAD_GRONDIG") == "1"


def examples(full: int, quick: int) -> int:
    """The full number that an issue names, or the quick one for every day."""
    return full if THOROUGH else quick
