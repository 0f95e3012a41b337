"""The screens of intervisie: preparing, taking part, the reveal, the talk and the verdict."""
