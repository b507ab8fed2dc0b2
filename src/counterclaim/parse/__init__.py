"""Parse: passages become sentences with grammar.

Takes a document, its passages and a spaCy pipeline; gives sentences in document order.
Never reads the discussion as report: the caller chooses the passages.
"""

from counterclaim.parse.parser import DEFAULT_PIPELINE, Parser, load_parser, parse_passages

__all__ = ["DEFAULT_PIPELINE", "Parser", "load_parser", "parse_passages"]
