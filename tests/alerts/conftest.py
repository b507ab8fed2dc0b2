"""Readings of our own sentences, made once; ledgers with a clock that tests set."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document
from counterclaim.service.ledger_service import file_reading

TEXTS = {
    "toll": ("2024-05-20", "Ukraine said on Monday that 12 of its soldiers were killed in the fighting near Kharkiv."),
    "toll again": ("2024-05-21", "Twelve Ukrainian soldiers were killed in the fighting near Kharkiv, Ukraine said on Monday."),
    "wounded": ("2024-05-21", "Russia said on Tuesday that 30 of its soldiers were wounded near Belgorod."),
    "claim": ("2024-05-20", "Ukraine accused Russia of shelling Kharkiv on Monday."),
    "denial": ("2024-05-21", "Russia denied shelling Kharkiv on Monday."),
    "denial again": ("2024-05-21", "Russia denied on Tuesday that it had been shelling Kharkiv on Monday."),
    "truce": ("2014-08-04", "Egypt brokered a 72-hour truce between Israel and Hamas starting on Tuesday."),
    "truce holds": ("2014-08-05", "The 72-hour truce between Israel and Hamas took effect on Tuesday."),
    "truce broken": ("2014-08-06", "Israel accused Hamas of breaking the 72-hour truce between Israel and Hamas."),
    "total": ("2020-10-14", "Armenia said on Wednesday that 500 of its soldiers had been killed since the fighting began."),
    "new total": ("2020-10-16", "Armenia said on Friday that 750 of its soldiers had been killed since the fighting began."),
    "hospital": ("2024-05-22", "Ukraine said on Wednesday that a rocket had hit a hospital in Kherson."),
}  # fmt: skip


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2031, 5, 4, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def later(self, **time: int) -> datetime:
        self.at += timedelta(**time)
        return self.at


@pytest.fixture(scope="session")
def readings(tools: Tools) -> dict[str, Reading]:
    return {
        name: read_document(
            Document(
                text=text,
                name=f"https://bugle.example/{name.replace(' ', '-')}",
                outlet="The Bugle",
                title=f"On {name}",
                published=date.fromisoformat(day),
            ),
            tools=tools,
        )
        for name, (day, text) in TEXTS.items()
    }


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Desk:
    """A ledger that takes readings by name, a minute apart."""

    def __init__(self, ledger: Ledger, readings: dict[str, Reading], clock: Clock) -> None:
        self.ledger, self._readings, self.clock = ledger, readings, clock

    def file(self, *names: str) -> None:
        for name in names:
            self.clock.later(minutes=1)
            file_reading(self.ledger, self._readings[name])
        self.clock.later(minutes=1)


@pytest.fixture
def desk(tmp_path: Path, readings: dict[str, Reading], clock: Clock) -> Iterator[Desk]:
    with open_ledger(str(tmp_path / "kept.db"), create=True, now=clock) as ledger:
        yield Desk(ledger, readings, clock)
