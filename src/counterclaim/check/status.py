"""Statuses: twelve rules, tried in order; the first that matches gives the status of a slot.

Source: docs/codebook/statuses.md, after Airwars' grades, UCDP's source fields and the two-report
rule of Iraq Body Count, hardened to origins: one speaker is one origin, however often repeated.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from counterclaim.records.finding import Status, Voice


@dataclass(frozen=True, slots=True)
class Ruling:
    """A status with its rule and the reason in words."""

    status: Status
    rule: int
    reason: str


def decide(
    voices: Sequence[Voice],
    *,
    conflicting: bool = False,
    withdrawn: bool = False,
    withheld: bool = False,
) -> Ruling:
    """Give the status of one slot from the voices on it.

    Args:
        voices: Who affirms or denies, one for each claim.
        conflicting: Two affirmations cannot both hold: other doers, places apart, ranges apart.
        withdrawn: Every affirming origin took it back.
        withheld: The slot's owner is reported as not giving it.

    Returns:
        The first of the twelve rules that matches.
    """
    return matches(voices, conflicting=conflicting, withdrawn=withdrawn, withheld=withheld)[0]


def matches(
    voices: Sequence[Voice],
    *,
    conflicting: bool = False,
    withdrawn: bool = False,
    withheld: bool = False,
) -> tuple[Ruling, ...]:
    """Give every rule that matches, in their order; the first is the status, the others show as flags."""
    return tuple(_rulings(voices, conflicting=conflicting, withdrawn=withdrawn, withheld=withheld))


def _rulings(
    voices: Sequence[Voice], *, conflicting: bool, withdrawn: bool, withheld: bool
) -> Iterator[Ruling]:
    affirming = _origins(voices, affirms=True)
    denying = _origins(voices, affirms=False)
    doer = [voice for voice in affirming if voice.alignment == "doer"]
    other = [voice for voice in affirming if voice.alignment == "other side"]
    accused_denies = any(voice.alignment == "doer" for voice in denying)
    named = [voice for voice in affirming if voice.party is not None]
    if withdrawn:
        yield Ruling("withdrawn", 1, "every origin that affirmed it took it back")
    if doer and other and not denying:
        yield Ruling(
            "agreed_by_both", 2, f"{_names(doer)} admits it and {_names(other)} affirms it"
        )
    if doer and not other and not denying and not conflicting:
        yield Ruling("admitted", 3, f"{_names(doer)} affirms it; the opposing side is silent")
    against = [voice for voice in other if voice.stance in {"admit", "confirm"}]
    if against and len(affirming) > len(against) and not doer and not denying:
        yield Ruling(
            "confirmed_by_adversary",
            4,
            f"{_names(against)} affirms it against its interest; the doer has not spoken",
        )
    if conflicting or (
        denying and affirming and any(voice.alignment != "other side" for voice in affirming)
    ):
        why = (
            "the affirmations cannot both hold"
            if conflicting
            else f"{_names(denying)} denies what {_names(affirming)} affirms"
        )
        yield Ruling("contested", 5, why)
    if affirming and accused_denies:
        inferred = any(voice.scope_inferred for voice in denying)
        scope = "; the denial is wider, its scope inferred" if inferred else ""
        yield Ruling(
            "denied", 6, f"only {_names(affirming)} affirms it; {_names(denying)} denies it{scope}"
        )
    groups = {_group(voice) for voice in affirming}
    if len(affirming) > 1 and len(groups) > 1 and not denying:
        yield Ruling(
            "corroborated",
            7,
            f"{_names(affirming)} tell it, of different sides; the doer is not on record",
        )
    if len(named) > 1 and len(groups) == 1:
        yield Ruling("one_sided", 8, f"{_names(named)} tell it, all of one side")
    if len(named) == 1:
        yield Ruling("single_source", 9, f"one origin: {_names(named)}")
    if affirming and not named:
        yield Ruling("unattributed", 10, "no origin with a named speaker")
    if withheld:
        yield Ruling(
            "undisclosed", 11, "reported as not given, and no figure of its owner's stands"
        )
    if not affirming and not withheld:
        yield Ruling("unassessed", 12, "no rule applies")


def _origins(voices: Sequence[Voice], *, affirms: bool) -> list[Voice]:
    """Count origins, not repetitions: one voice for each speaker's root."""
    found: dict[str, Voice] = {}
    for voice in voices:
        if voice.affirms is affirms:
            key = "" if voice.party is None else voice.party.root
            found.setdefault(key, voice)
    return list(found.values())


def _group(voice: Voice) -> str:
    """Name the side a voice is of; third parties are nobody's side, so each is a group of its own."""
    if voice.alignment != "third party" or voice.party is None:
        return voice.alignment
    return f"third party {voice.party.root}"


def _names(voices: Sequence[Voice]) -> str:
    names = list(
        dict.fromkeys(
            "an unnamed source" if voice.party is None else str(voice.party) for voice in voices
        )
    )
    return " and ".join(names)
