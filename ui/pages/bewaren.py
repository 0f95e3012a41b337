"""For how long cases are kept, and erasing them: for who administers, and to read for a lawyer."""

from ui.keeping import page

page()
