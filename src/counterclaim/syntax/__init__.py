"""Syntax: sentences as words with heads, free of any parser's own types.

Takes nothing from other rooms but spans; gives ``Word``, ``Sentence`` and the walks over them.
Never says what a sentence means: the rooms of the river do.
"""
