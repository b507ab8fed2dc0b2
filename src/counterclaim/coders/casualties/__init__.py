"""Casualties: what a report counts of the dead, the wounded and the missing."""
