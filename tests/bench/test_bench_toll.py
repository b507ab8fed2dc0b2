"""The toll of one happening over its sources."""

import pytest
from bench.toll import incident_toll

from tests.conftest import ReadText


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (
            "A blast in Kabul killed 12 people, the mayor said. A hospital reported 14 deaths.",
            12,
            14,
        ),
        ("A raid in Kabul killed 40 people, including 12 children and nine women.", 40, 40),
        ("A mine in Kabul killed a farmer. A teacher was also killed.", 2, 2),
        ("Twelve soldiers were killed in Kabul.", None, None),
        ("At least 20 people were killed in Kabul. Four of them were children.", 20, 20),
    ],
)
def test_toll_is_a_range_over_sources(
    text: str, low: int | None, high: int | None, read_text: ReadText
) -> None:
    toll = incident_toll(read_text(text).claims)
    assert (toll and toll.low, toll and toll.high) == (low, high)


def test_toll_rests_on_its_figures(read_text: ReadText) -> None:
    reading = read_text(
        "A blast in Kabul killed 12 people, the mayor said. A hospital reported 14 deaths."
    )
    toll = incident_toll(reading.claims)
    assert toll is not None
    assert [claim.quote for claim in toll.claims] == ["12", "14"]
