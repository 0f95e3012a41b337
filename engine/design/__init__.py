"""Tools for the method designer: what the knowledge does, before it counts."""
