"""Pipeline: the order of work, from a source to a reading.

Takes a text or a source and the tools; gives a Reading.
Never reads words itself: it only hands each room's records to the next.
"""
