"""Reconcile: what many figures of one conflict come to, by stated rules.

Takes figures and withholdings, from texts or tables, in any order; gives an Account: series, ranges,
totals with what they leave out, withheld stretches, findings. Never averages two parties' counts,
never fills a claim, and never says which number is right.
"""

from counterclaim.reconcile.account import reconcile
from counterclaim.reconcile.claims import figures_of

__all__ = ["figures_of", "reconcile"]
