"""What an account leaves out: guesses, denials, earlier wars, other wars, and numbers that were replaced."""

from dataclasses import replace
from datetime import date

import pytest

from counterclaim.reconcile import figures_of, reconcile
from counterclaim.records.attribution import Stance
from counterclaim.records.casualty_figure import Figure
from counterclaim.records.claim import Casualty, Claim, Measure
from counterclaim.records.count import Count, exactly
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.time import Time
from tests.factories import at_least, day, figure, key, withholding
from tests.happenings import ARDENIA, DAY, KESTRIA, claim, document

SIDES = (ARDENIA, KESTRIA)
FARLAND = Party("Farland", None, "state", "FAR")
NORTH = Party("Northern Ardenia", None, "de facto authority", "ARD")


def told(
    number: int | Count,
    side: Party,
    *,
    by: Party | None = None,
    stance: Stance = "state",
    measure: Measure = "cumulative",
    on: date = DAY,
    place: Place | None = None,
    parties: tuple[Party, ...] | None = SIDES,
    text: str = "",
) -> Figure | None:
    """A figure as a report tells it, by the side itself unless another is named."""
    carrier = document(text or f"{number} of {side} fell, {stance}, {measure}, {on}, {place}.")
    speaker = side if by is None else by
    payload = Casualty(
        count=exactly(number) if isinstance(number, int) else number,
        outcome="killed",
        side=(side,),
        relation="self" if speaker.root == side.root else "enemy",
        measure=measure,
        as_of=Time(on.isoformat()) if measure == "cumulative" else None,
        period=None if measure == "cumulative" else Time(on.isoformat()),
        place=place,
    )
    said: Claim = claim(carrier, payload, speakers=(speaker,), stance=stance)
    figures, _ = figures_of([said], DAY, None, parties)
    return figures[0] if figures else None


def total(*figures: Figure | None) -> list[str]:
    return [str(line) for line in reconcile([item for item in figures if item]).totals]


def test_reconcile_sums_both_sides_of_one_war() -> None:
    assert total(told(11, ARDENIA), told(5, KESTRIA)) == [f"16 (11 + 5), {DAY}"]


@pytest.mark.parametrize("stance", ["deny", "reject", "warn", "predict", "threaten", "demand"])
def test_reconcile_what_is_denied_or_feared_is_no_loss(stance: Stance) -> None:
    assert told(11, ARDENIA, stance=stance) is None


def test_reconcile_an_inferred_side_is_in_no_key_and_no_total() -> None:
    guess = told(11, ARDENIA.known("inferred"), by=ARDENIA)
    assert guess is not None
    assert (guess.key.side, guess.inferred) == ((), True)
    account = reconcile([guess, *filter(None, (told(5, KESTRIA), told(7, ARDENIA)))])
    assert [line.parts for line in account.totals] == [(7, 5)]
    assert [series.is_inferred for series in account.series].count(True) == 1
    assert account.ranges == ()


def test_reconcile_an_inferred_reporter_reports_nothing() -> None:
    guess = told(11, ARDENIA, by=ARDENIA.known("inferred"))
    assert guess is not None
    assert guess.key.reporters == ()
    assert total(guess, told(5, KESTRIA)) == []


def test_reconcile_an_inferred_place_or_day_is_in_no_key() -> None:
    spot = Place(name="Ost", gazetteer_id="gn:1", evidence="inferred")
    somewhere = told(11, ARDENIA, place=spot)
    assert somewhere is not None
    assert (somewhere.key.scope, somewhere.place) == (None, None)
    payload = Casualty(
        count=exactly(3),
        outcome="killed",
        side=(ARDENIA,),
        period=Time("2031-05-01", evidence="inferred"),
    )
    [undated], _ = figures_of([claim(document("Three fell."), payload)], DAY)
    assert (undated.day, undated.dated) == (DAY, False)


def test_reconcile_two_places_are_two_losses() -> None:
    ost = Place(name="Ost", gazetteer_id="gn:1", precision="town", latitude=40, longitude=45)
    varn = Place(name="Varn", gazetteer_id="gn:2", precision="town", latitude=42, longitude=48)
    account = reconcile(
        item
        for place, number in ((ost, 9), (varn, 3))
        if (item := told(number, ARDENIA, measure="incident", place=place))
    )
    assert [(s.scope_name, str(s.running)) for s in account.series] == [
        ("Ost", "at least 9"),
        ("Varn", "at least 3"),
    ]
    assert not [item for item in account.findings if item.turn == "unsure"]


def test_reconcile_no_total_adds_two_wars() -> None:
    other = told(100_001, FARLAND, parties=(ARDENIA, KESTRIA))
    assert total(told(11, ARDENIA), told(5, KESTRIA), other) == [f"16 (11 + 5), {DAY}"]
    assert total(told(11, ARDENIA), other) == []


def test_reconcile_an_authority_in_a_partys_land_is_of_its_war() -> None:
    assert total(told(555, NORTH), told(42, ARDENIA)) == [f"597 (555 + 42), {DAY}"]


@pytest.mark.parametrize("measure", ["cumulative", "incident"])
def test_reconcile_losses_of_years_before_are_background(measure: Measure) -> None:
    old = told(527, ARDENIA, measure=measure, on=date(1999, 7, 26))
    assert old is not None
    assert old.background
    assert total(old, told(5, KESTRIA)) == []


def test_reconcile_a_toll_counted_years_before_the_newest_is_left_out() -> None:
    early = figure(6_787, on=1, of=key("Kestria"))
    late = [figure(40, on=900, of=key(side)) for side in ("Ardenia", "Lowland")]
    [line] = reconcile([early, *late]).totals
    assert line.parts == (40, 40)
    assert line.excludes == (f"Kestria military (counted to {day(1)})",)
    assert str(line.count) == "at least 80"


def test_reconcile_the_newest_total_with_a_beginning_beats_an_older_one_without() -> None:
    older = figure(555, on=1)
    newer = figure(772, on=8, of=key(epoch=day(-20)))
    other = figure(31, on=8, of=key("Kestria"))
    [line] = reconcile([older, newer, other]).totals
    assert line.parts == (772, 31)


def test_reconcile_a_total_since_monday_is_no_newer_count_of_the_war() -> None:
    older = figure(555, on=1)
    since_monday = figure(40, on=8, of=key(epoch=day(6)))
    other = figure(31, on=8, of=key("Kestria"))
    [line] = reconcile([older, since_monday, other]).totals
    assert line.parts == (555, 31)


@pytest.mark.parametrize("measure", ["cumulative", "incident", "new"])
@pytest.mark.parametrize("category", ["military", "unknown"])
def test_reconcile_a_revision_stands_alone_whatever_it_is_of(measure: str, category: str) -> None:
    first = figure(12, on=1, measure=measure, id="f-first")
    revised = figure(
        19, on=2, measure=measure, of=key(category=category), supersedes="f-first", id="f-second"
    )
    account = reconcile([first, revised])
    standing = {point.count.low for series in account.series for point in series.standing()}
    assert standing == {19}
    [old] = [p for s in account.series for p in s.points if p.count.low == 12 and not p.is_derived]
    assert (old.standing, old.known_to) == ("superseded", day(2))
    assert max(series.running.low or 0 for series in account.series if series.running) == 19


def test_reconcile_a_revision_that_is_not_known_yet_replaces_nothing() -> None:
    first = figure(12, on=1, id="f-one")
    revised = figure(19, on=2, supersedes="f-one")
    account = reconcile([first, revised], known_on=day(1))
    assert [p.count.low for s in account.series for p in s.standing()] == [12]


def test_reconcile_more_than_a_number_is_printed_as_it_was_said() -> None:
    many = Count(1_501, None, "at_least", 1_500)
    assert str(many) == "more than 1,500"
    assert str(at_least(1_500)) == "at least 1,500"
    [line] = reconcile([figure(many), figure(31, of=key("Kestria"))]).totals
    assert str(line) == f"at least 1,532 (more than 1,500 + 31), {day(1)}"


def test_reconcile_who_withholds_in_another_war_is_not_left_out_of_this_one() -> None:
    figures = [item for item in (told(11, ARDENIA), told(5, KESTRIA), told(9, FARLAND)) if item]
    kept = [withholding("Farland"), withholding("Kestria", category="civilian")]
    [line] = reconcile(figures, kept).totals
    assert line.excludes == ("Kestria civilian (not disclosed)",)


def test_reconcile_parts_of_a_number_are_in_no_total() -> None:
    whole = replace(figure(40), id="f-whole")
    part = figure(12, part_of="f-whole", of=key(subgroup="children"))
    [line] = reconcile([whole, part, figure(31, of=key("Kestria"))]).totals
    assert line.parts == (40, 31)
