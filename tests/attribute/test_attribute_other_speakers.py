"""Behind a semicolon another may speak: what the one says is not what the other says."""

import pytest

from tests.conftest import ReadText


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Ukraine said 30 soldiers had died; Russia said 12.",
            [("Ukraine", "30 soldiers had died"), ("Russia", "12")],
        ),
        (
            "Turkey reported 23 violations of the truce; Syria reported 41.",
            [("Turkey", "23 violations of the truce"), ("Syria", "41")],
        ),
        (
            "Armenia accused Azerbaijan of shelling; Azerbaijan denied it.",
            [("Armenia", "shelling"), ("Azerbaijan", "it")],
        ),
        (
            "Chad said Ost was shelled; it had been hit before.",
            [("Chad", "Ost was shelled; it had been hit before")],
        ),
    ],
)
def test_each_says_its_own(text: str, said: list[tuple[str, str]], read_text: ReadText) -> None:
    reading = read_text(text)
    found = [
        (str(item.speakers[0]), " ".join(reading.document.words(span) for span in item.content))
        for item in reading.attributions
    ]
    assert found == said
