"""Looking through a whole file of clients: whom to look at, and why. Nothing is kept."""

from ui.screening.page import page

page()
