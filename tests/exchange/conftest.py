"""A small ledger of an invented war, and the readings it was made of."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.read import read
from counterclaim.pipeline.resources import Tools
from counterclaim.records.reading import Reading
from counterclaim.service.incremental_linking import link_into_ledger

FIRST = (
    "Azerbaijan admitted on Tuesday that it had carried out airstrikes inside Armenia. Armenia's defence ministry "
    "denied that it had shelled Ganja. Azerbaijan said 42 civilians had been killed in Ganja, while Armenia said at "
    "least 12 of its soldiers were killed. Baku has yet to disclose its military casualties. Russia called on both "
    "sides to respect the ceasefire.\n"
)
SECOND = (
    "=1+1 is not a number. Hamas denied that it had broken the truce brokered by Egypt. Israel said 3 soldiers had "
    "been wounded in Gaza on Monday. A 72-hour ceasefire between Israel and Hamas was agreed.\n"
)


@pytest.fixture(scope="session")
def first(tools: Tools) -> Reading:
    return read(
        FIRST, published=date(2020, 10, 14), outlet="The Bugle", title="=HYPERLINK(1)", tools=tools
    )


@pytest.fixture(scope="session")
def second(tools: Tools) -> Reading:
    return read(SECOND, published=date(2014, 8, 5), outlet="Wire", tools=tools)


@pytest.fixture(scope="session")
def kept_file(first: Reading, second: Reading, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exchange") / "counterclaim.db"
    with open_ledger(str(path), create=True) as ledger:
        for reading in (first, second):
            ledger.post(reading, link_into_ledger(reading))
    return path


@pytest.fixture
def kept(kept_file: Path) -> Iterator[Ledger]:
    with open_ledger(str(kept_file)) as ledger:
        yield ledger
