"""Words as they can be shown: nothing in them commands a screen or turns the direction of writing."""

import re

COMMANDS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
"""Control characters but tab and the ends of lines, and those that turn the direction of writing for what follows."""


def shown(words: str) -> str:
    r"""Return words with each character that commands a screen replaced by �; their length stays.

    Example:
        >>> shown("\x1b[31mAda")
        '�[31mAda'
    """
    return COMMANDS.sub("�", words)
