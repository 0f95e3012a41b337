"""Leidraad's engine: knowledge, cases, consultation and the record; knows nothing of a screen."""

VERSION = "0.1.0"
"""Version of the engine; part of the receipt of every consultation."""
