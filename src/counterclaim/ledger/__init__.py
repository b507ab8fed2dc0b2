"""Ledger: what was read is kept, every row with its words, never changed, never lost.

Takes readings and judgements; gives frozen records of what is filed, as known on any day.
Never edits or deletes a row: what is mended, taken back or read again is a further row.
"""

from counterclaim.ledger.ledger import Ledger
from counterclaim.ledger.opening import open_ledger

__all__ = ["Ledger", "open_ledger"]
