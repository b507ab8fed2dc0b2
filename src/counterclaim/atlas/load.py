"""Everything the atlas knows, opened once."""

from dataclasses import dataclass, field
from functools import cache

from counterclaim.atlas.gazetteer import BUILDING, Gazetteer, Progress, index_path, open_gazetteer
from counterclaim.atlas.words import PlaceWords, load_words


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """What reading a text for places needs. Countries and areas are looked up by functions."""

    gazetteer: Gazetteer = field(repr=False)
    words: PlaceWords = field(repr=False)


def load_atlas(progress: Progress | None = None) -> Atlas:
    """Open the atlas; once, then the same one for the whole process.

    Args:
        progress: Told once, in one sentence, when the index of place names has to be built.
    """
    if progress is not None and not _kept.cache_info().currsize and not index_path().exists():
        progress(BUILDING)
    return _kept()


@cache
def _kept() -> Atlas:
    return Atlas(open_gazetteer(), load_words())
