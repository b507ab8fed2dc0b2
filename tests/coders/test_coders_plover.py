"""Events in PLOVER's terms: type, telling, participants, and what is only inferred."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.events.event_type_model import hash_features, load_typer, split_yield
from counterclaim.coders.events.plover import code_plover
from counterclaim.lexicon.roster import role_on
from counterclaim.parse import parse_passages
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools, load_tools
from counterclaim.records.plover import PloverEvent
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document
from counterclaim.resolve import resolve_document
from counterclaim.segment import segment_document

Read = Callable[..., Reading]


def main_event(read_text: Read, words: str) -> PloverEvent:
    return read_text(words).events[0]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Azerbaijan shelled Ost on Monday.", "ASSAULT"),
        ("Ost was shelled by Azerbaijani troops.", "ASSAULT"),
        ("Armenia condemned the shelling of Ost by Azerbaijan.", "ACCUSE"),
        ("Russia threatened to attack Georgia.", "THREATEN"),
        ("Russia refused to meet the Ukrainian envoy.", "REJECT"),
        ("Turkey agreed to hold talks with Greece.", "AGREE"),
        ("The foreign ministers of Turkey and Greece met in Ost.", "CONSULT"),
        ("Sweden sent humanitarian aid to Yemen.", "AID"),
        ("Iran freed two German journalists.", "RETREAT"),
        ("The United Nations urged Sudan to open the road.", "REQUEST"),
        ("Police arrested ten people in Khartoum.", "COERCE"),
        ("Thousands of workers protested in Lima.", "PROTEST"),
        ("France suspended aid to Mali.", "SANCTION"),
        ("Japan praised the decision of India.", "SUPPORT"),
    ],
)
def test_coders_plover_types_the_main_event(read_text: Read, words: str, kind: str) -> None:
    event = main_event(read_text, words)
    assert event.type == kind
    assert event.chance is not None
    assert any(step.rule.startswith("typer:") for step in event.trace)


@pytest.mark.parametrize(
    ("words", "telling"),
    [
        ("Azerbaijan did not shell Ost.", "denied"),
        ("Azerbaijan will shell Ost.", "foretold"),
        ("Azerbaijan must withdraw its troops from Ost.", "demanded"),
        ("Azerbaijan could shell Ost.", "hypothetical"),
        ("Azerbaijan shelled Ost.", "fact"),
    ],
)
def test_coders_plover_never_tells_an_undone_act_as_done(
    read_text: Read, words: str, telling: str
) -> None:
    done = {event.type for event in read_text(words).events if event.is_done}
    assert ("ASSAULT" in done) == (telling == "fact")
    assert "RETREAT" not in done


def test_coders_plover_codes_country_and_sector(read_text: Read) -> None:
    event = main_event(read_text, "The Israeli army shelled Rafah.")
    assert [entity.code for entity in event.actors] == ["ISR MIL"]
    assert event.cameo == "19"
    assert event.modes == ("heavy-weapons",)
    assert event.score == -9.5


def test_coders_plover_codes_an_unrecognised_authority_with_its_claimant(read_text: Read) -> None:
    event = main_event(read_text, "Azerbaijan attacked Nagorno-Karabakh on Sunday.")
    assert [entity.country for entity in event.recipients] == ["AZE"]
    assert "PRE" in event.recipients[0].secondary


def test_coders_plover_codes_a_phrase_that_is_no_party(read_text: Read) -> None:
    event = main_event(read_text, "A court in Kenya convicted two officers.")
    assert [(entity.country, entity.sector) for entity in event.actors] == [("KEN", "JUD")]


def test_coders_plover_words_of_every_event_stand_in_the_text(read_text: Read) -> None:
    reading = read_text(
        "Armenia said Azerbaijan shelled Ost. Azerbaijan denied it and accused Armenia."
    )
    assert reading.events
    for event in reading.events:
        assert reading.document.text[event.span.start : event.span.end] == event.quote
    assert [event.span.start for event in reading.events] == sorted(
        event.span.start for event in reading.events
    )


def test_coders_plover_rules_work_without_the_scorer(tools: Tools) -> None:
    document = Document(text="Kestria shelled Ost.")
    sentences = parse_passages(document, segment_document(document)[0].passages, tools.parser)
    setting = DocumentContext(document, sentences, resolve_document(document, sentences))
    [event] = code_plover(setting, (), learned=False)
    assert (event.type, event.chance) == ("ASSAULT", None)
    assert [step.rule for step in event.trace] == ["trigger:shelling", "telling:narrated"]


def test_coders_typer_gives_chances_that_add_up() -> None:
    typer = load_typer()
    assert typer is not None
    guess = typer.read({"root=shell", "t0=ASSAULT"})
    assert guess.chances.sum() == pytest.approx(1.0, abs=1e-5)
    assert guess.best()[0] == "ASSAULT"
    assert set(guess.reasons("ASSAULT")) <= {"root=shell", "t0=ASSAULT"}
    assert typer.read(set()).chances.shape == (len(typer.labels),)
    columns, values = hash_features({"a", "b", "c"})
    assert float(values.sum()) == pytest.approx(3 / 3**0.5)
    assert columns.shape == values.shape


def test_coders_typer_splits_yield_by_the_nearest_trigger() -> None:
    assert split_yield("YIELD", ["ASSAULT", "RETREAT", "CONCEDE"]) == "RETREAT"
    assert split_yield("YIELD", ["ASSAULT"]) == "CONCEDE"
    assert split_yield("AID", ["RETREAT"]) == "AID"


def test_lexicon_roster_follows_the_day() -> None:
    name = "Hamid Karzai"
    then, later = role_on(name, date(2005, 1, 1)), role_on("Petro Poroshenko", date(2010, 1, 1))
    assert then is not None
    assert (then.country, then.sectors) == ("AFG", ("GOV",))
    assert later is not None
    assert later.country == "UKR"
    assert role_on("Lowri Hale", date(2005, 1, 1)) is None


def test_coders_opponents_are_inferred_beside_the_claims(read_text: Read) -> None:
    reading = read_text(
        "Azerbaijan attacked Armenia on Sunday. Armenia attacked Azerbaijan on Monday. "
        "Azerbaijan then launched airstrikes."
    )
    [(claim_id, inferred)] = reading.inferred.items()
    assert reading.claim_by_id[claim_id].quote == "launched airstrikes"
    assert [str(party) for party in inferred.recipients] == ["Armenia"]
    assert inferred.rule == "opponent"
    assert reading.sides_basis == "inferred from the text"


def test_desk_conflict_file_brings_names_and_sides(tmp_path: Path) -> None:
    path = tmp_path / "valley.toml"
    path.write_text(
        'name = "V"\nepoch = 2031-05-01\n[[party]]\nname = "Sudan"\nside = "A"\n'
        '[[party]]\nname = "Valley Front"\nkind = "armed group"\naliases = ["Vallists"]\nside = "B"\n',
        "utf-8",
    )
    tools = load_tools(conflict=str(path))
    reading = read_document(Document(text="Vallists launched airstrikes on Monday."), tools=tools)
    assert reading.sides_basis == "conflict valley"
    assert [str(entity) for entity in reading.events[0].actors] == ["Valley Front"]
    assert [str(party) for item in reading.inferred.values() for party in item.recipients] == [
        "Sudan"
    ]
    assert "conflict/valley" in reading.signature
