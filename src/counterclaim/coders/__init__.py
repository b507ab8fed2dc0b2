"""Coders: what is said to have happened, been lost, been agreed, be wanted or be withheld.

Takes sentences, their resolution and their attributions; gives Claim records, in reading order,
and the same events in PLOVER's terms.
Never says whether a claim is true, and never codes a denied or demanded act as done.
"""

from counterclaim.coders.code import code_claims, code_events_as_plover
from counterclaim.coders.fighting_parties import find_belligerents

__all__ = ["code_claims", "code_events_as_plover", "find_belligerents"]
