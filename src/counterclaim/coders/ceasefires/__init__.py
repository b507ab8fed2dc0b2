"""Ceasefires: between whom, brokered by whom, and in which state."""
