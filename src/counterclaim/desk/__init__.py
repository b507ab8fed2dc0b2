"""Desk: puts the rooms to work, in order."""
