"""A reading with a second reader whose answer the test writes."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.pipeline.second_reader import with_second_reader
from counterclaim.proposals import make_settings
from counterclaim.records.proposal import SecondReading
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document
from tests.endpoint import Body, Reply, proposals, serving

ReadTwice = Callable[..., Reading]


@pytest.fixture(scope="session")
def read_twice(tools: Tools) -> ReadTwice:
    """Read a text by both readers; the second answers with the given rows, or words."""

    def read(
        text: str,
        *claims: Body,
        figures: Sequence[Body] = (),
        answer: str | None = None,
        policy: str = "contest",
        published: date | None = None,
    ) -> Reading:
        words = proposals(*claims, figures=list(figures)) if answer is None else answer
        with serving(lambda _: Reply(content=words)) as endpoint:
            both = with_second_reader(tools, make_settings(endpoint.url, "tiny", policy=policy))
            return read_document(Document(text=text, published=published), tools=both)

    return read


def second_of(reading: Reading) -> SecondReading:
    assert reading.second is not None
    return reading.second
