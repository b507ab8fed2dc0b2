"""A report of which no outlet is known is called by its file, never by a number that means nothing to a reader."""

from dataclasses import dataclass

import pytest

from counterclaim.records.report_name import report_name


@dataclass(frozen=True)
class Report:
    outlet: str | None
    name: str


REPORTS = {
    "d-1": Report("The Bugle", "a.html"),
    "d-2": Report(None, "note.txt"),
    "d-3": Report(None, "stdin"),
    "d-4": Report(None, "stdin"),
}


@pytest.mark.parametrize(
    ("voice", "name"),
    [
        ("d-1", "The Bugle"),
        ("d-2", "note.txt"),
        ("d-3", "stdin (d-3)"),
        ("d-4", "stdin (d-4)"),
        ("Reuters", "Reuters"),
    ],
)
def test_records_report_name(voice: str, name: str) -> None:
    assert report_name(voice, REPORTS) == name
