"""How likely it is that a name in a text is a place there: what speaks for it, and how much.

The weights began as those of a logistic regression over 8,642 names found in the development halves
of three corpora of place names (LGL, TR-News, GeoWebNews; the first at a third of its weight), rounded.
Then by hand: ``called``, for ``the city of``; ``only there``, for small places of a war zone; ``inside name`` and ``title``, since those
corpora count a town in the name of its police as a place, and we do not. Measured with them: F1 0.85 on
TR-News, 0.86 on GeoWebNews, 0.74 on LGL, whose streets and buildings no gazetteer has.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from counterclaim.atlas.candidates import Candidate

EVIDENCE: Mapping[str, float] = MappingProxyType(
    {
        "always": 0.0,
        "size": 1.4,
        "agrees": 0.2,
        "only there": 2.4,
        "only there, in English": 0.8,
        "qualified": 3.0,
        "stray": -1.0,
        "country": 0.6,
        "adjective": -1.0,
        "entity place": 1.5,
        "no entity": -0.3,
        "entity people": 0.5,
        "entity person": -1.2,
        "entity body": -0.1,
        "entity other": -0.6,
        "locative": 0.9,
        "after comma": 0.8,
        "kind": 0.2,
        "called": 1.6,
        "run before": -2.4,
        "run after": -0.8,
        "title": -2.2,
        "inside name": -6.0,
        "common word": -2.9,
        "personal name": -1.4,
        "not a name": -0.6,
        "speaks": -1.6,
        "capitals": 0.5,
    }
)
"""What speaks for and against a name being a place here; it counts as one from 0 up."""

DOUBTS = frozenset(
    {"run before", "run after", "inside name", "title", "common word", "personal name"}
)
"""Evidence under which the only place of a name is no more likely to be meant."""

ENGLISH_SPEAKING = frozenset({"US", "GB", "IE", "CA", "AU", "NZ", "ZA"})
"""Where villages bear surnames that fill reports in English."""

SMALL = 5.0
"""Prior below which a town is small: a hundred thousand people."""

SEEN = 1.0
"""How far below 0 a name may weigh that the text also names as a place elsewhere."""

LENIENT = -4.5
"""Below this, before the place is chosen, a name is dropped at once and tells nothing of its country."""


def weigh_evidence(evidence: Sequence[str]) -> float:
    """Sum what is known before the place is chosen, in natural logarithms of odds.

    Args:
        evidence: Keys of ``EVIDENCE`` that hold.
    """
    return EVIDENCE["always"] + sum(EVIDENCE[key] for key in evidence)


def weigh_choice(
    evidence: Sequence[str],
    choice: Candidate,
    told: frozenset[str | None],
    *,
    is_only: bool = False,
) -> float:
    """Weigh whether a name is a place here, given the place it would be; a place from 0 up.

    Args:
        evidence: Keys of ``EVIDENCE`` that hold.
        choice: What the name would mean.
        told: ISO alpha-2 of the countries that the text names.
        is_only: Whether no place elsewhere than in those countries bears the name.
    """
    size = min(max((choice.prior - 4.0) / 2.0, -1.0), 2.0)
    weight = weigh_evidence(evidence) + EVIDENCE["size"] * size
    if choice.country in told:
        weight += EVIDENCE["agrees"]
        if is_only and not DOUBTS.intersection(evidence):
            english = choice.country in ENGLISH_SPEAKING
            weight += EVIDENCE["only there, in English" if english else "only there"]
    elif told and choice.sort == "town" and choice.prior < SMALL:
        weight += EVIDENCE["stray"]
    return weight
