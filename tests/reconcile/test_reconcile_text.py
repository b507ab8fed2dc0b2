from datetime import date

from counterclaim.reconcile import reconcile
from tests.conftest import ReadText

REPORT = (
    "Armenia and Azerbaijan fought on Wednesday. Armenia reported another 23 military deaths on Wednesday, bringing its total "
    "military losses to 555 since the fighting began. As of Tuesday, 31 civilians in Armenia were reported killed, and "
    "Azerbaijan reported 42 civilians killed. Azerbaijan has yet to disclose its military casualties."
)
DAY = date(2020, 10, 14)


def test_reconcile_text_sums_over_sides_and_names_what_it_leaves_out(read_text: ReadText) -> None:
    account = read_text(REPORT, DAY).account
    (total,) = account.totals
    assert total.parts == (555, 42, 31)
    assert (
        str(total)
        == "at least 628 (555 + 42 + 31), 2020-10-13 to 2020-10-14; excludes Azerbaijan military (not disclosed)"
    )


def test_reconcile_text_derives_the_day_before(read_text: ReadText) -> None:
    account = read_text(REPORT, DAY).account
    (derived,) = (point for series in account.series for point in series.points if point.is_derived)
    assert (derived.count.low, derived.count.high) == (532, 532)
    assert derived.as_of is not None
    assert derived.as_of.value == "2020-10-13"
    assert derived.derivation == "555 less the 23 new"
    assert derived.claim_id is None


def test_reconcile_text_without_undisclosed_parts_is_exact(read_text: ReadText) -> None:
    account = read_text(
        REPORT.replace(" Azerbaijan has yet to disclose its military casualties.", ""), DAY
    ).account
    assert account.totals[0].count.high == 628
    assert not account.totals[0].excludes


def test_reconcile_text_an_opponents_count_enters_no_total(read_text: ReadText) -> None:
    account = read_text(
        REPORT
        + " Azerbaijan said 3,000 Armenian soldiers have been killed since the fighting began.",
        DAY,
    ).account
    assert account.totals[0].parts == (555, 42, 31)


def test_reconcile_text_parts_do_not_add_to_their_whole(read_text: ReadText) -> None:
    reading = read_text("A raid in Gaza killed 40 people, including 12 children.")
    assert not reading.account.totals


def test_reconcile_text_of_nothing_is_empty() -> None:
    account = reconcile(())
    assert not account.series
    assert not account.totals
    assert not account.withheld
