"""Desk: the one room that knows the order of work.

Takes a text or a source and the tools; gives a Reading.
Never reads words itself: it only hands each room's records to the next.
"""
