"""What a comment does: its types, by the signs of the lexicon."""

from collections import Counter

from counterclaim.discussion.bodies import Body
from counterclaim.discussion.words import signs_of

ENOUGH = 1.0
"""Weight at which a type is given; the lexicon's weights are set against it."""

LONG_WORDS = 25
"""Words from which on a comment argues: it then has an opinion beside what else it does."""

ORDER = (
    "opinion",
    "prediction",
    "question",
    "checkable",
    "proposal",
    "reply",
    "insult",
    "off_topic",
)
"""Types in the order they are given."""


def acts_of(body: Body) -> dict[str, float]:
    """Sum the signs of each type in a comment.

    Returns:
        Weight by type; a sign counts once however often it stands.
    """
    weights: Counter[str] = Counter()
    for sign in signs_of("act"):
        if sign.pattern.search(body.words if sign.id == "sneers" else body.bare):
            weights[sign.type] += sign.weight  # type: ignore[assignment]  # a Counter of weights
    return dict(weights)


def types_of(
    body: Body, *, has_checkable: bool, is_reply: bool, is_off_topic: bool
) -> tuple[str, ...]:
    """Return the types of a comment.

    A comment that does nothing else gives an opinion, and so does a long one.

    Args:
        body: The comment.
        has_checkable: Whether a stretch of it can be checked.
        is_reply: Whether it answers another comment.
        is_off_topic: Whether it has nothing in common with the report and the thread.
    """
    weights = acts_of(body)
    found = {kind for kind, weight in weights.items() if weight >= ENOUGH}
    found |= {"checkable"} if has_checkable else set()
    found |= {"reply"} if is_reply else set()
    found |= {"off_topic"} if is_off_topic else set()
    if not found - {"reply"} or len(body.words.split()) >= LONG_WORDS:
        found.add("opinion")
    return tuple(kind for kind in ORDER if kind in found)
