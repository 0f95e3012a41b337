"""The screens of the workshop: how the protocols are doing, changing one, and what that does."""
