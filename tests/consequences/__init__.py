"""Tests of what a new version of the knowledge changes."""
