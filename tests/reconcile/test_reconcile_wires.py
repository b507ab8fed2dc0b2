"""A wire's number is one number: whatever day an outlet's copy was read with, and whoever's name an editor cut."""

from counterclaim.reconcile import reconcile
from counterclaim.reconcile.wires import join_wires, with_repeats
from tests.factories import figure, key

HANDS = {"bugle": "bugle", "post": "bugle", "courier": "courier"}
BARE = key(reporter="")


def test_reconcile_a_wires_number_counts_once() -> None:
    one = figure(9, 1, "incident", of=BARE, source="bugle", dated=False)
    two = figure(9, 4, "incident", of=BARE, source="post", dated=False)
    kept, repeats = join_wires([two, one], HANDS)
    assert kept == (one,)
    assert repeats == {one.id: (two.id,)}
    account = with_repeats(reconcile(kept, ()), repeats)
    (point,) = [point for row in account.series for point in row.points if not point.is_derived]
    assert set(point.figure_ids) == {one.id, two.id}


def test_reconcile_two_hands_stay_two() -> None:
    one = figure(9, 1, "incident", of=BARE, source="bugle", dated=False)
    two = figure(9, 4, "incident", of=BARE, source="courier", dated=False)
    assert join_wires([one, two], HANDS) == ((one, two), {})


def test_reconcile_a_reporter_that_an_editor_cut_is_still_the_reporter() -> None:
    bare = figure(9, 1, "incident", of=BARE, source="bugle")
    told = figure(9, 1, "incident", of=key(), source="post")
    kept, repeats = join_wires([bare, told], HANDS)
    assert kept == (told,)
    assert repeats == {told.id: (bare.id,)}


def test_reconcile_two_equal_numbers_of_one_text_are_two_in_its_copies() -> None:
    rows = [
        figure(3, 1, "incident", of=BARE, source=source, order=place)
        for source in ("bugle", "post")
        for place in (10, 90)
    ]
    kept, repeats = join_wires(rows, HANDS)
    assert [item.source for item in kept] == ["bugle", "bugle"]
    assert {name: len(more) for name, more in repeats.items()} == {rows[0].id: 1, rows[1].id: 1}


def test_reconcile_what_names_a_repeat_names_what_stands_for_it() -> None:
    one = figure(9, 1, of=BARE, source="bugle")
    two = figure(9, 1, of=BARE, source="post")
    part = figure(4, 1, of=BARE, source="post", part_of=two.id, includes=(two.id,))
    kept, _ = join_wires([one, two, part], HANDS)
    assert kept[-1].part_of == one.id
    assert kept[-1].includes == (one.id,)
