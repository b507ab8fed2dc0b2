"""The war account: readable from our own reports, and without a sentence of them."""

from datetime import date, timedelta

import pytest
from bench.compare import compare
from bench.war import account_page, leaks

from counterclaim.records.reading import Reading
from tests.conftest import ReadText

DAY = date(2020, 10, 14)
REPORTS = [
    "Azerbaijan accused Armenian forces of shelling the town of Ganja on Wednesday. Azerbaijan said 12 civilians had been killed since the fighting began.",
    "Armenia denied that its forces had shelled the town of Ganja on Wednesday. Armenia said 23 of its soldiers had been killed since the fighting began.",
    "A ceasefire brokered by Russia took effect on Saturday between Armenia and Azerbaijan. Azerbaijan accused Armenia of breaking the ceasefire.",
]


@pytest.fixture
def readings(read_text: ReadText) -> list[Reading]:
    return [
        read_text(text, DAY + timedelta(days=2 * number)) for number, text in enumerate(REPORTS)
    ]


def test_bench_war_page_has_every_part_and_no_sentence(readings: list[Reading]) -> None:
    page = "\n".join(account_page(compare(readings), len(readings)))
    for words in (
        "**12 ",
        "**23 ",
        "Azerbaijan (accuses)",
        "Armenia (denies)",
        "broker",
        "Russia",
    ):
        assert words in page, words
    assert leaks(page, REPORTS) is None


def test_bench_war_leaks_are_seen() -> None:
    assert leaks(
        "A shell hit the old mill at Ost before dawn.",
        ["It began: a shell hit the old mill at Ost"],
    )
    assert leaks("A shell hit the mill.", ["A shell hit the mill."]) is None


def test_bench_war_knows_only_what_was_printed_by_the_day(readings: list[Reading]) -> None:
    early = compare(readings, today=DAY)
    assert {item.published for item in early.documents.values()} == {DAY}
    later = compare(readings)
    assert len(later.documents) == 3
    denied = [item for item in later.findings if item.status in {"denied", "contested"}]
    assert denied
    assert not [item for item in early.findings if item.status in {"denied", "contested"}]
