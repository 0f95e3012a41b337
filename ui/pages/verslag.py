"""The note for the file, and the version for the client: read it, and take it home."""

from ui.note import page

page()
