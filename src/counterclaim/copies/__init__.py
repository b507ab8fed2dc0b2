"""Copies: texts known again by their runs of words.

Takes plain texts; gives their runs, prints of them, how much two share, and which earlier text one copies.
Never parses, never says whose words they are: that is for ``link``.
"""
