"""Features: the words of a text's beginning, and its pairs of words, as numbers of buckets."""

import re
from itertools import pairwise
from zlib import crc32

BUCKETS = 1 << 18
"""Numbers that words and pairs are hashed to: of the half a million seen in training few meet."""

HEAD = 1_500
"""Characters looked at: a report says within them what it is about."""

FUNCTION_WORDS = frozenset(
    """
    a about above after again against all also am an and another any are as at be because been before being below
    between both but by can cannot could did do does doing down during each either else even ever every few for
    from further get got had has have having he her here hers herself him himself his how i if in into is it its
    itself just least less let like many may me might mine more most much must my myself near neither never next
    no nor not now of off often on once one only or other others ought our ours out over own per perhaps quite
    rather s same shall she should since so some still such t than that the their theirs them themselves then
    there therefore these they this those though through thus to today too toward towards under until up upon us
    very was we were what when where whether which while who whom whose why will with within without would yet
    you your yours yourself said says say told tell monday tuesday wednesday thursday friday saturday sunday
    mr mrs ms dr one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty hundred thousand
    january february march april may june july august september october november december
    """.split()
)
"""Words that tell manners of writing apart, not subjects."""

_WORD = re.compile(r"[a-z]+")


def hash_words(text: str) -> set[int]:
    """Return the buckets of the words and pairs of neighbouring words in a text's beginning.

    Case, numbers and marks are left out: figures and capitals tell styles apart, not subjects.

    Args:
        text: As plain text, of any length.
    """
    words = [word for word in _WORD.findall(text[:HEAD].lower()) if word not in FUNCTION_WORDS]
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    return {crc32(item.encode()) & (BUCKETS - 1) for item in (*words, *pairs)}
