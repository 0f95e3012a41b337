"""Whole caseloads: the same rules over every file at once."""
