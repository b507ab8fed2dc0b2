"""Fitting: on a screen of any width, no column and no letter of a table is lost."""

import io

import pytest
from rich.console import Console
from rich.table import Table

from counterclaim.cli.rows import print_table
from counterclaim.cli.table_widths import fit

NAMES = ("Thailand/Health Ministry", "military: paramedics", "XXXX-WXX-6 (not dated)")


def printed(width: int, columns: int) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width)
    table = Table(box=None, padding=(0, 1), pad_edge=False)
    for number in range(columns):
        table.add_column(f"head{number}", overflow="fold")
    table.add_row(*(NAMES[number % len(NAMES)] for number in range(columns)))
    fit(console, table, 16)
    console.print(table)
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_cli_fitting_no_letter_is_lost(width: int) -> None:
    wanted = "".join(NAMES[number % len(NAMES)] for number in range(7)).replace(" ", "")
    found = "".join(printed(width, 7).split("\n", 1)[1:])
    assert found
    counted = {letter: wanted.count(letter) for letter in set(wanted) - set("head0123456")}
    assert {letter: printed(width, 7).count(letter) for letter in counted} == counted


def test_cli_fitting_a_wide_screen_keeps_words_whole() -> None:
    assert "Thailand/Health" in printed(140, 3)


def test_cli_fitting_an_id_is_never_folded() -> None:
    stream = io.StringIO()
    row = {"id": "i-0123456789ab", "what": "the village of Llanfairpwllgwyngyll", "by": NAMES[0]}
    print_table(Console(file=stream, width=40), [row], ("id", "what", "by"))
    assert "i-0123456789ab" in stream.getvalue()
