"""Records: the nouns of the house, frozen.

Takes nothing and gives nothing: every other room speaks in these records.
Never reads text, never looks anything up, imports no other room.
"""
