"""The versions of the record's tables, applied when the record is opened."""
