"""What a caseload shows as a whole: figures to look at, never a decision about anyone."""
