"""Check: how the claims of one incident stand to each other, by stated rules.

Takes incidents with their claims; gives Findings, slot by slot, and casualty accounts.
Never says who is right: a status grades the support, and names its rule and its claims.
"""

from counterclaim.check.account import make_account
from counterclaim.check.incident import check_incidents

__all__ = ["check_incidents", "make_account"]
