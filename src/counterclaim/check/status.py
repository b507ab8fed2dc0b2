"""Statuses: twelve rules, tried in order; the first that matches gives the status of a slot.

Source: docs/codebook/statuses.md, after Airwars' grades, UCDP's source fields and the two-report
rule of Iraq Body Count, hardened to origins: one speaker is one origin, however often repeated.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from counterclaim.records.attribution import Stance
from counterclaim.records.finding import Status, Voice


@dataclass(frozen=True, slots=True)
class Ruling:
    """A status with its rule and the reason in words."""

    status: Status
    rule: int
    reason: str


def decide_status(
    voices: Sequence[Voice],
    *,
    conflicting: bool = False,
    withdrawn: bool = False,
    withheld: bool = False,
    is_own_loss: bool = False,
    is_agreed: bool = True,
) -> Ruling:
    """Return the status of one slot from the voices on it.

    Args:
        voices: Who affirms or denies, one for each claim. Those that take no stand count nowhere.
        conflicting: Two affirmations cannot both hold: other doers, places apart, ranges apart.
        withdrawn: Every affirming origin took it back.
        withheld: The slot's owner is reported as not giving it.
        is_own_loss: The slot counts losses: who bore them reports on itself, and admits nothing.
        is_agreed: What both sides affirm is the very same; False where their numbers differ.

    Returns:
        The first of the twelve rules that matches.
    """
    return matching_rules(
        voices,
        conflicting=conflicting,
        withdrawn=withdrawn,
        withheld=withheld,
        is_own_loss=is_own_loss,
        is_agreed=is_agreed,
    )[0]


def matching_rules(
    voices: Sequence[Voice],
    *,
    conflicting: bool = False,
    withdrawn: bool = False,
    withheld: bool = False,
    is_own_loss: bool = False,
    is_agreed: bool = True,
) -> tuple[Ruling, ...]:
    """Return every rule that matches, in their order; the first is the status, the others show as flags."""
    return tuple(
        _rulings(
            voices,
            conflicting=conflicting,
            withdrawn=withdrawn,
            withheld=withheld,
            is_own_loss=is_own_loss,
            is_agreed=is_agreed,
        )
    )


def _rulings(
    voices: Sequence[Voice],
    *,
    conflicting: bool,
    withdrawn: bool,
    withheld: bool,
    is_own_loss: bool,
    is_agreed: bool,
) -> Iterator[Ruling]:
    affirming = _origins(voices, affirms=True)
    denying = _origins(voices, affirms=False)
    doer = [voice for voice in affirming if voice.alignment == "doer"]
    other = [voice for voice in affirming if voice.alignment == "other side"]
    accused_denies = any(voice.alignment == "doer" for voice in denying)
    named = [voice for voice in affirming if voice.party is not None]
    if withdrawn:
        yield Ruling("withdrawn", 1, "every origin that affirmed it took it back")
    if doer and other and is_agreed and not denying and not conflicting:
        verb = "reports it of itself" if is_own_loss else "admits it"
        yield Ruling("agreed_by_both", 2, f"{_names(doer)} {verb} and {_names(other)} affirms it")
    if doer and not denying and not conflicting and (is_own_loss or not other):
        if is_own_loss:
            beside = f"; {_names(other)} gives another number" if other else ""
            if not other or not is_agreed:
                yield Ruling("self_reported", 3, f"{_names(doer)} reports its own losses{beside}")
        else:
            yield Ruling("admitted", 3, f"{_names(doer)} affirms it; the opposing side is silent")
    against = [voice for voice in other if voice.stance in _AGAINST[is_own_loss]]
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
    guessed = [voice for voice in voices if voice.evidence == "inferred" and voice.stance != "deny"]
    if affirming and not named:
        yield Ruling("unattributed", 10, "no origin with a named speaker")
    elif guessed and not affirming and not denying:
        yield Ruling("unattributed", 10, "who says it is inferred, and not counted")
    if withheld:
        yield Ruling(
            "undisclosed", 11, "reported as not given, and no figure of its owner's stands"
        )
    if not affirming and not withheld:
        why = (
            f"{_names(denying)} denies it, and nobody affirms it" if denying else "no rule applies"
        )
        yield Ruling("unassessed", 12, why)


_AGAINST: Mapping[bool, frozenset[Stance]] = MappingProxyType(
    {False: frozenset({"admit", "confirm"}), True: frozenset({"admit"})}
)
"""Stances by which a side speaks against its interest, by whether the slot counts losses: an army that
confirms how many of its enemies it killed boasts of it."""


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
