"""Check: how the claims of one incident stand to each other, by stated rules.

Takes incidents with their claims; gives Findings, slot by slot, ceasefires' lives, positions with
their answers. Takes places where they stand; gives how the words on whose land they are agree
with what is recognised.
Never says who is right: a status grades the support, and names its rule and its claims.
"""

from counterclaim.check.ceasefires import CeasefireLifecycle, count_by_broker, run_lifecycle
from counterclaim.check.contradictions import find_contradictions
from counterclaim.check.incident_findings import Material, check_incidents
from counterclaim.check.positions import find_positions
from counterclaim.check.territorial_wording import check_wordings

__all__ = [
    "CeasefireLifecycle",
    "Material",
    "check_incidents",
    "check_wordings",
    "count_by_broker",
    "find_contradictions",
    "find_positions",
    "run_lifecycle",
]
