"""Check: how the claims of one incident stand to each other, by stated rules.

Takes incidents with their claims; gives Findings, slot by slot. Takes places where they stand; gives how the
words on whose land they are agree with what is recognised.
Never says who is right: a status grades the support, and names its rule and its claims.
"""

from counterclaim.check.incident import check_incidents
from counterclaim.check.wordings import check_wordings

__all__ = ["check_incidents", "check_wordings"]
