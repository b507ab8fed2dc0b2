"""Each rule finds what its words say, once for one thing, and nothing else."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from counterclaim.alerts.errors import AlertsError
from counterclaim.alerts.finding import find_matters
from counterclaim.alerts.rules import AlertRule, Kind, of_project, read_setup
from counterclaim.alerts.running import dry_run
from counterclaim.ingest import Opened
from counterclaim.ledger.errors import UnknownProjectError
from counterclaim.ledger.outbox import is_same
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.reader_process import OwnReader
from counterclaim.pipeline.resources import Tools
from counterclaim.records.alert import Matter
from counterclaim.records.judgement import Judgement
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document
from counterclaim.service.ledger_service import file_reading, judge
from counterclaim.service.versions import file_version
from tests.alerts.conftest import Desk
from tests.alerts.test_alerts_rules import setup_of


def rule(kind: Kind, **about: object) -> AlertRule:
    return AlertRule(
        name="r", kind=kind, about={key.replace("_", " "): value for key, value in about.items()}
    )


def told(desk: Desk, since: datetime, asked: AlertRule) -> list[str]:
    return [matter.headline for _, matter in dry_run(desk.ledger, setup_of(asked), since)]


def test_alerts_a_new_figure_is_told_once_however_many_tell_it(desk: Desk) -> None:
    start = desk.clock.at
    desk.file("toll", "toll again", "wounded")
    asked = rule("figure", side="Ukraine", outcome="killed", at_least=10)
    assert told(desk, start, asked) == ["12 killed of Ukraine, says Ukraine"]
    assert told(desk, start, rule("figure", side="Ukraine", outcome="killed", at_least=13)) == []
    assert told(desk, start, rule("figure", side="Russia")) == ["30 wounded of Russia, says Russia"]


def test_alerts_only_what_was_recorded_since_is_told(desk: Desk) -> None:
    desk.file("toll")
    start = desk.clock.at
    desk.file("wounded")
    assert told(desk, start, rule("figure")) == ["30 wounded of Russia, says Russia"]


@pytest.mark.parametrize(
    ("about", "number"),
    [
        ({"party": "Russia"}, 1),
        ({"party": "Armenia"}, 0),
        ({"words": "Kharkiv"}, 1),
        ({"words": "Odesa"}, 0),
    ],
)
def test_alerts_a_denial_of_what_is_followed(
    desk: Desk, about: dict[str, str], number: int
) -> None:
    start = desk.clock.at
    desk.file("claim", "denial", "denial again", "hospital")
    found = [
        item
        for item in told(desk, start, rule("denial", **about))
        if item.startswith("Russia denies")
    ]
    assert len(found) == number


def test_alerts_a_ceasefire_changes_or_is_said_to_be_broken(desk: Desk) -> None:
    desk.file("truce")
    start = desk.clock.at
    desk.file("truce holds", "truce broken")
    found = told(desk, start, rule("ceasefire", party="Hamas"))
    assert any("in force" in item for item in found)
    assert any("said to be broken by Hamas, by Israel" in item for item in found)
    assert not any("agreed" in item for item in found)
    assert told(desk, start, rule("ceasefire", party="Armenia")) == []


def test_alerts_a_revision_by_more_than_asked(desk: Desk) -> None:
    desk.file("total")
    start = desk.clock.at
    desk.file("new total")
    asked = rule("revised", side="Armenia", by_more_than=200)
    assert told(desk, start, asked) == ["killed of Armenia: 500 became 750"]
    assert told(desk, start, rule("revised", by_more_than=250)) == []


def test_alerts_an_incident_gets_a_second_sides_word(desk: Desk) -> None:
    desk.file("claim")
    start = desk.clock.at
    assert told(desk, start, rule("second side")) == []
    desk.file("denial")
    (found,) = told(desk, start, rule("second side"))
    assert "Russia and Ukraine speak of it" in found


def test_alerts_a_happening_is_called_as_people_call_it(desk: Desk) -> None:
    desk.file("claim")
    start = desk.clock.at
    desk.file("denial")
    (found,) = told(desk, start, rule("second side"))
    assert found.startswith("Shelling")
    assert "ASSAULT" not in found


def test_alerts_a_figure_that_an_edit_revised_is_told(
    desk: Desk, tools: Tools, readings: dict[str, Reading]
) -> None:
    desk.file("toll")
    start = desk.clock.at
    before = readings["toll"].document
    after = Document(
        text=before.text.replace("12", "19"), name=before.name, published=before.published
    )
    desk.clock.later(minutes=1)
    file_version(desk.ledger, Opened(after, (), None), OwnReader(tools))
    assert told(desk, start, rule("revised", by_more_than=5)) == ["killed of Ukraine: 12 became 19"]
    assert told(desk, start, rule("revised", by_more_than=7)) == []
    assert told(desk, desk.clock.later(minutes=1), rule("revised", by_more_than=5)) == []


def test_alerts_name_no_files_of_this_machine(desk: Desk, tools: Tools) -> None:
    start = desk.clock.at
    text = "Ukraine said on Monday that 7 of its soldiers were killed near Kharkiv."
    document = Document(text=text, name="file:///home/ada/x.txt", published=date(2024, 5, 20))
    desk.clock.later(minutes=1)
    file_reading(desk.ledger, read_document(document, tools=tools))
    (matter,) = find_matters(desk.ledger, rule("figure"), start)
    assert matter.address == ""


def test_alerts_whose_loss_is_only_inferred_is_told_as_nobodys(desk: Desk, tools: Tools) -> None:
    start = desk.clock.at
    text = "Ukraine said on Monday that seven civilians were killed in the shelling of Kherson."
    document = Document(text=text, name="https://bugle.example/x", published=date(2024, 5, 20))
    desk.clock.later(minutes=1)
    file_reading(desk.ledger, read_document(document, tools=tools))
    assert told(desk, start, rule("figure")) == ["7 killed, says Ukraine"]


def test_alerts_a_saved_search_finds_a_sentence_once(desk: Desk) -> None:
    start = desk.clock.at
    desk.file("toll", "hospital")
    (found,) = told(desk, start, rule("search", words="hospital"))
    assert "a rocket had hit a hospital" in found


def test_alerts_what_people_rejected_is_not_told(desk: Desk) -> None:
    start = desk.clock.at
    desk.file("toll")
    (matter,) = find_matters(desk.ledger, rule("figure"), start)
    judge(
        desk.ledger,
        Judgement(subject=matter.claim_id, verdict="rejected", by="Ada", reason="misread"),
    )
    assert told(desk, start, rule("figure")) == []


def test_alerts_two_places_are_two_things_and_two_weeks_apart_too(desk: Desk) -> None:
    start = desk.clock.at
    desk.file("toll")
    (one,) = find_matters(desk.ledger, rule("figure"), start)
    assert is_same(one, one)
    assert not is_same(one, replace(one, place=f"{one.place} elsewhere"))
    assert is_same(one, replace(one, place=""))
    assert not is_same(one, replace(one, day=one.day.replace(month=7)))
    assert is_same(one, replace(one, day=one.day.replace(day=25)), "2024-05-24")


def test_alerts_words_tell_things_of_one_base_apart(desk: Desk) -> None:
    start = desk.clock.at
    desk.file("hospital")
    (one,) = find_matters(desk.ledger, rule("search", words="hospital"), start)
    other: Matter = replace(one, gist="bridge burned dorwick")
    assert not is_same(one, other)
    assert is_same(one, replace(one, gist=f"{one.gist} again"))


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        (rule("figure"), "12 killed of Ukraine, says Ukraine"),
        (rule("search", words="Kharkiv"), "Ukraine: Ukraine said on Monday"),
    ],
)
def test_alerts_a_report_that_joins_a_project_later_is_new_to_it(
    desk: Desk, asked: AlertRule, headline: str
) -> None:
    desk.ledger.projects.add("elsewhere", ELSEWHERE, by="Ada")
    desk.file("toll", "denial")
    start = desk.clock.later(hours=1)
    asked = replace(asked, project="elsewhere")
    assert told(desk, start, asked) == []
    number = desk.ledger.documents().rows[-1].id
    desk.ledger.projects.assign(number, "elsewhere", joined=True, by="Ada", why="is of it")
    (found,) = told(desk, start, asked)
    assert found.startswith(headline)
    assert told(desk, desk.clock.later(hours=1), asked) == []


UKRAINE = b"""
name = "Ukraine"
epoch = 2014-04-06
[[party]]
name = "Ukraine"
side = "A"
[[party]]
name = "Russia"
side = "B"
"""
ELSEWHERE = UKRAINE.replace(b'"Russia"', b'"Armenia"').replace(b'"Ukraine"', b'"Azerbaijan"')


@pytest.mark.parametrize(
    ("texts", "asked"),
    [
        (("toll", "wounded"), rule("figure")),
        (("claim", "denial"), rule("denial", party="Russia")),
        (("truce", "truce holds"), rule("ceasefire")),
        (("toll",), rule("search", words="killed")),
    ],
    ids=lambda item: item.kind if isinstance(item, AlertRule) else "",
)
def test_alerts_a_rule_of_a_project_tells_of_it_alone(
    desk: Desk, texts: tuple[str, ...], asked: AlertRule
) -> None:
    start = desk.clock.at
    desk.ledger.projects.add("ukraine", UKRAINE, by="Ada")
    desk.ledger.projects.add("elsewhere", ELSEWHERE, by="Ada")
    desk.file(*texts)
    for card in desk.ledger.documents().rows:
        desk.ledger.projects.assign(card.id, "ukraine", joined=True, by="Ada", why="")
    every = told(desk, start, asked)
    assert every
    assert told(desk, start, replace(asked, project="ukraine")) == every
    assert told(desk, start, replace(asked, project="elsewhere")) == []
    with pytest.raises(UnknownProjectError):
        told(desk, start, replace(asked, project="elsewher"))


def test_alerts_project_stands_in_the_file_for_all_rules_or_for_one(tmp_path: Path) -> None:
    path = tmp_path / "alerts.yaml"
    path.write_text(
        "project: sudan\nrules:\n- {when: a new figure}\n- {name: other, when: a new figure, project: yemen}\n",
        "utf-8",
    )
    setup = read_setup(path)
    assert [item.project for item in setup.rules] == ["sudan", "yemen"]
    plain = replace(setup, rules=tuple(replace(item, project=None) for item in setup.rules))
    assert {item.project for item in of_project(plain, "gaza").rules} == {"gaza"}
    assert of_project(setup, "gaza") == setup
    path.write_text("rules:\n- {when: a new figure, project: [sudan]}\n", "utf-8")
    with pytest.raises(AlertsError, match="name of one project"):
        read_setup(path)
