"""The screens: they show what the engine says and pass on what the user decides."""
