"""Assault mode: with what an assault is done, by the words beside its trigger."""

from counterclaim.syntax.sentence import Sentence

_MODES = {
    "airstrike": "aerial", "warplane": "aerial", "jet": "aerial", "aircraft": "aerial", "helicopter": "aerial", "air": "aerial", "airforce": "aerial",
    "drone": "drone", "rocket": "heavy-weapons", "missile": "heavy-weapons", "artillery": "heavy-weapons", "mortar": "heavy-weapons",
    "tank": "heavy-weapons", "shell": "heavy-weapons", "gunman": "firearms", "gunmen": "firearms", "rifle": "firearms", "sniper": "firearms",
    "bomb": "explosives", "ied": "explosives", "bomber": "suicide-attack", "suicide": "suicide-attack", "chemical": "unconventional", "gas": "unconventional",
}  # fmt: skip
"""Lemmas to PLOVER's modes of ASSAULT."""


def assault_mode(sentence: Sentence, index: int) -> str | None:
    """Read the mode off the nearest words below a trigger; None where no instrument is named."""
    near = sentence.words[sentence.first[index] : sentence.last[index] + 1]
    return next(
        (
            _MODES[word.lemma]
            for word in near
            if abs(word.index - index) <= 8 and word.lemma in _MODES
        ),
        None,
    )
