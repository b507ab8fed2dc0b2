"""Check: how the claims of one incident stand to each other, by stated rules.

Takes incidents with their claims; gives Findings, slot by slot.
Never says who is right: a status grades the support, and names its rule and its claims.
"""

from counterclaim.check.incident import check_incidents

__all__ = ["check_incidents"]
