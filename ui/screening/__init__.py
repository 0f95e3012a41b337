"""Looking through a whole file of clients: choose it, couple it, read it, run the rules, look."""
