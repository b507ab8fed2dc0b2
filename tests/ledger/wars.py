"""Two wars of our own in one ledger: a valley's and a coast's, with a party that is in both."""

from datetime import date

VALLEY = b"""
name = "The valley war"
epoch = 2031-05-01
places = ["Varn", "Ost"]
outlets = ["Valley Post"]

[[party]]
name = "Ardenia"
side = "A"
kind = "state"

[[party]]
name = "Kestria"
side = "B"
kind = "state"
aliases = ["the Kestrians"]
"""

COAST = b"""
name = "The coast war"
epoch = 2031-01-01
places = ["Sellin"]

[[party]]
name = "Ardenia"
side = "A"
kind = "state"

[[party]]
name = "Thelia"
side = "B"
kind = "state"
"""

MAY = date(2031, 5, 3)

OF_VALLEY = (
    "Ardenia admitted on Monday that it had shelled Varn. Kestria said 12 of its soldiers had been killed. "
    "Kestria has yet to disclose its civilian casualties.\n"
)
OF_COAST = "Thelia said that 7 of its soldiers had been killed. Ardenia denied that it had attacked Thelia.\n"
OF_BOTH = (
    "Kestria said 5 of its soldiers were killed. Thelia said 9 of its soldiers were killed. "
    "Ardenia denied that it had fired on Kestria.\n"
)
OF_NEITHER = "Turkey accused Syria of shelling Idlib on Monday.\n"

TEXTS = {
    "valley": (OF_VALLEY, MAY),
    "coast": (OF_COAST, date(2031, 5, 4)),
    "both": (OF_BOTH, date(2031, 5, 5)),
    "neither": (OF_NEITHER, date(2031, 5, 6)),
}
"""A report of each war, one of both, one of none."""
