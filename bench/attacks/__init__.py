"""Attacks: what was tried against the program, each to be run again, with its figure."""
