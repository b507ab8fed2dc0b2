"""Labels: the closed sets that the heads choose from, in the order of their scores.

They are those of ``counterclaim.model.reading``: what is trained is what is run.
"""

from counterclaim.model.reading import (  # noqa: F401
    ATTRIBUTIONS,
    BACKGROUND,
    CATEGORIES,
    CHOICES,
    EVENT_TYPES,
    OUTCOMES,
    POINTERS,
    ROLES,
    SCOPES,
    SPECIALS,
    STANCES,
    STATUSES,
    TAGS,
    TOLD,
)
