"""Positions: an attack is none, and a total counts from its beginning."""

from datetime import date

from counterclaim.pipeline.read import read
from counterclaim.pipeline.resources import Tools
from counterclaim.records.claim import Casualty, Position
from tests.conftest import ReadText


def test_coders_attack_is_no_position(read_text: ReadText) -> None:
    reading = read_text("Netanyahu said Hamas broke the accord by attacking Israeli forces.")
    assert [claim for claim in reading.claims if isinstance(claim.payload, Position)] == []


def test_coders_opposing_is_a_position(read_text: ReadText) -> None:
    reading = read_text("Turkey opposes the plan of the council in Damascus.")
    [act] = [item.payload.act for item in reading.claims if isinstance(item.payload, Position)]
    assert act == "oppose"


def test_coders_day_behind_since_is_no_as_of(tools: Tools) -> None:
    """The day behind "since" is the beginning of a total, and "as of" its end."""
    text = (
        "{} at least 2,086 Syrians have been killed since July 8, the Syrian health ministry said."
    )
    days = []
    for opening in ("In all,", "As of July 20,"):
        reading = read(text.format(opening), published=date(2014, 7, 22), tools=tools)
        [figure] = [item.payload for item in reading.claims if isinstance(item.payload, Casualty)]
        assert figure.measure == "cumulative"
        days.append(None if figure.as_of is None else figure.as_of.value)
    assert days == [None, "2014-07-20"]
