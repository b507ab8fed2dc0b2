"""Formats of the field: valid by the field's own library, nothing lost without a word, no unknown made zero."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.exchange import acled, gdelt, plover, ucdp
from counterclaim.exchange.formats import FORMATS
from counterclaim.exchange.losses import Losses
from counterclaim.exchange.ucdp import priogrid
from counterclaim.ledger import Ledger
from counterclaim.records.flat import FlatRow
from counterclaim.records.flat_columns import COLUMNS
from counterclaim.service.flat import ledger_rows


def row(**given: Any) -> FlatRow:
    """Make a row with every column, empty but for what is given."""
    empty: FlatRow = {
        column.name: [] if column.kind == "list" else False if column.kind == "flag" else None
        for column in COLUMNS["claims"]
    }
    own: FlatRow = {"id": "c-0123456789ab", "stance": "state", "quote": "shelled Varn", "start": 12, "end": 24,
           "sentence": "Ardenia has shelled Varn.", "sentence_start": 0, "sentence_end": 25, "document": "d-1",
           "evidence": "told"}  # fmt: skip
    return empty | own | given


EVENT = row(
    kind="event", event_type="ASSAULT", event_modes=["aerial"], telling="alleged", actors=["Azerbaijan"],
    actor_evidence="told", recipients=["Armenia/Ministry of Defence"], recipient_evidence="carried",
    place="Ganja", place_evidence="told", place_id="gn:586523", place_precision="town", place_country="AZ",
    latitude=40.68278, longitude=46.36056, time="2020-10-11", time_evidence="told", first_day=date(2020, 10, 11),
    last_day=date(2020, 10, 11), outlet="The Bugle", title="=1+1", address="https://e.example/a?b=1",
    published=date(2020, 10, 14), speakers=["Armenia"], speaker_evidence="told", status="denied", incident="i-1",
    reader="counterclaim 0", recorded_at=datetime(2020, 10, 15, 6, 7, 8, tzinfo=UTC), known_on=date(2020, 10, 14),
)  # fmt: skip
FIGURE = row(
    id="c-00000000f001", kind="casualty", low=12, high=None, qualifier="at_least", outcome="killed",
    category="military", side=["Armenia"], side_evidence="told", measure="new", first_day=date(2020, 10, 11),
    last_day=date(2020, 10, 12), time="2020-10-11/2020-10-12", time_evidence="told", speakers=["Armenia"],
    speaker_evidence="told", incident="i-2", outlet="The Bugle", quote="12", place="Ganja",
    place_evidence="told", known_on=date(2020, 10, 14),
)  # fmt: skip


def written(name: str, *rows: FlatRow) -> tuple[str, Losses]:
    stream = io.StringIO()
    losses = FORMATS[name].write(iter(rows), stream)
    return stream.getvalue(), losses


def other(found: FlatRow, **given: Any) -> FlatRow:
    return found | given


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_formats_write_a_whole_ledger_and_account_for_every_claim(kept: Ledger, name: str) -> None:
    rows = list(ledger_rows(kept, site="https://l.example"))
    _, losses = written(name, *rows)
    told = json.loads(losses.as_json())
    skipped = [id_ for item in told["claims_not_written"].values() for id_ in item["ids"]]
    assert told["claims_written"] + len(skipped) == len(rows)
    assert set(skipped) <= {made["id"] for made in rows}
    assert all(item["claims"] == len(item["ids"]) for item in told["fields_not_carried"].values())
    assert str(losses).startswith(f"{name}: ")


WRITTEN_AS: dict[str, Callable[[Any], str]] = {
    "first_day": lambda value: value.isoformat(),
    "published": lambda value: value.isoformat(),
}
TOLD = (
    "actors",
    "recipients",
    "place",
    "event_type",
    "outlet",
    "address",
    "speakers",
    "first_day",
    "quote",
    "side",
)


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("column", TOLD)
def test_formats_what_is_not_in_the_file_is_in_the_report(name: str, column: str) -> None:
    for made in (EVENT, FIGURE):
        text, losses = written(name, made)
        value = made[column]
        if not value or not losses.written:
            continue
        words = value if isinstance(value, list) else [value]
        plain = [WRITTEN_AS.get(column, str)(item) for item in words]
        lost = made["id"] in losses.dropped.get(column, ())
        here = all(item in text or item.replace("-", "") in text for item in plain)
        is_coded = name == "acled" and column == "event_type"  # as ACLED's own type
        is_coded |= name == "gdelt2" and column == "event_type"
        assert lost or here or is_coded, (name, column, text)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_formats_what_no_words_tell_is_marked_or_left_out(name: str) -> None:
    guessed = other(EVENT, actors=["Kestria"], actor_evidence="inferred")
    text, losses = written(name, guessed)
    if not losses.written:
        return
    assert "Kestria" not in text or "inferred" in text
    assert "Kestria" in text or guessed["id"] in losses.dropped["actors"]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_formats_leave_out_what_people_left_out_or_say_so(name: str) -> None:
    text, losses = written(name, other(EVENT, left_out=True), other(FIGURE, left_out=True))
    assert not losses.written or name in {"geojson", "hxl"}
    if losses.written:
        assert "left_out" in text


@pytest.mark.parametrize("telling", ["denied", "demanded", "foretold", "hypothetical"])
@pytest.mark.parametrize("name", ["acled", "polecat", "gdelt2"])
def test_event_rows_hold_only_what_is_told_as_done(name: str, telling: str) -> None:
    _, losses = written(name, other(EVENT, telling=telling))
    assert losses.written == 0
    assert f"told as {telling}, not as done" in losses.skipped


@pytest.mark.parametrize("name", ["acled", "polecat", "gdelt2", "plover", "ucdp"])
def test_event_rows_need_a_told_day(name: str) -> None:
    for made in (EVENT, FIGURE):
        _, losses = written(
            name, other(made, first_day=None, last_day=None), other(made, time_evidence="inferred")
        )
        assert losses.written == 0


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_acled_rows_have_the_columns_and_leave_deaths_empty() -> None:
    text, losses = written("acled", EVENT)
    assert text.splitlines()[0].split(",") == list(acled.COLUMNS)
    assert len(acled.COLUMNS) == 31
    (made,) = table(text)
    assert made["fatalities"] == ""
    assert (made["event_type"], made["sub_event_type"]) == (
        "Explosions/Remote violence",
        "Air/drone strike",
    )
    assert (made["actor1"], made["actor2"]) == ("Azerbaijan", "Armenia/Ministry of Defence")
    assert (made["country"], made["location"], made["latitude"]) == (
        "Azerbaijan",
        "Ganja",
        "40.6828",
    )
    assert losses.unfilled["fatalities"] == 1


AGREED = other(
    EVENT, event_type="AGREE", event_modes=[], actors=["Ardenia", "Kestria"], recipients=[], recipient_evidence=None
)  # fmt: skip


def test_acled_names_one_actor_a_column() -> None:
    (agreed,) = table(written("acled", AGREED)[0])
    assert (agreed["actor1"], agreed["actor2"], agreed["assoc_actor_1"]) == (
        "Ardenia",
        "Kestria",
        "",
    )
    text, losses = written("acled", other(EVENT, actors=["A", "B", "C"], recipients=["D", "E"]))
    (made,) = table(text)
    assert (made["actor1"], made["assoc_actor_1"]) == ("A", "B; C")
    assert (made["actor2"], made["assoc_actor_2"]) == ("D", "E")
    assert "assoc_actor_1" not in losses.unfilled
    assert not {"actors", "recipients"} & losses.dropped.keys()


def test_gdelt_tells_of_actors_that_have_no_column() -> None:
    text, losses = written("gdelt2", AGREED)
    cells = dict(zip(gdelt.COLUMNS, text.rstrip("\n").split("\t"), strict=True))
    assert (cells["Actor1Name"], cells["Actor2Name"]) == ("Ardenia", "Kestria")
    assert "actors" not in losses.dropped
    _, losses = written("gdelt2", other(EVENT, actors=["A", "B"], recipients=["C", "D"]))
    assert losses.dropped["actors"] == losses.dropped["recipients"] == [EVENT["id"]]
    _, losses = written("gdelt2", EVENT)
    assert not {"actors", "recipients"} & losses.dropped.keys()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_formats_say_why_a_contested_claim_is_left_out(name: str) -> None:
    if name in {"hxl", "geojson"}:  # which write it with its mark
        pytest.skip("it is written, marked")
    found = FIGURE if name == "ucdp" else EVENT
    text, losses = written(name, other(found, left_out=True, contested=["stance"]))
    assert str(found["id"]) not in text
    assert list(losses.skipped) == ["its readers differ, and no person has decided"]


def test_acled_leaves_an_untold_kind_of_event_empty() -> None:
    text, losses = written("acled", other(EVENT, event_modes=[]))
    (made,) = table(text)
    assert made["event_type"] == made["disorder_type"] == ""
    assert losses.dropped["event_type"]


def test_ucdp_counts_once_and_leaves_the_unknown_empty() -> None:
    second = other(FIGURE, id="c-2", low=10, high=14, document="d-2")
    civilians = other(FIGURE, id="c-3", low=3, high=3, category="civilian")
    text, losses = written("ucdp", FIGURE, second, civilians)
    assert text.splitlines()[0].split(",") == list(ucdp.COLUMNS)
    assert len(ucdp.COLUMNS) == 49
    (made,) = table(text)
    assert (made["deaths_a"], made["deaths_civilians"], made["best"], made["low"]) == (
        "10",
        "3",
        "13",
        "13",
    )
    assert made["deaths_b"] == made["deaths_unknown"] == ""
    assert made["high"] == ""
    assert made["number_of_sources"] == "2"
    assert (made["date_prec"], made["date_start"]) == ("2", "2020-10-11 00:00:00.000")
    assert losses.written == 3


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"measure": "cumulative"}, "no single event"),
        ({"outcome": "wounded"}, "not killed"),
        ({"stance": "deny"}, "does not say that it is so"),
        ({"background": True}, "earlier war"),
        ({"part_of": "200"}, "larger number"),
        ({"low": None}, "no number"),
        ({"low": 0}, "no number"),
    ],
)
def test_ucdp_counts_no_dead_twice_and_no_denied_ones(given: dict[str, Any], why: str) -> None:
    _, losses = written("ucdp", other(FIGURE, **given))
    assert losses.written == 0
    assert why in next(iter(losses.skipped))


def test_ucdp_puts_an_inferred_side_in_no_total() -> None:
    text, losses = written("ucdp", other(FIGURE, side_evidence="inferred"))
    (made,) = table(text)
    assert (made["side_a"], made["deaths_a"], made["deaths_unknown"]) == ("", "", "12")
    assert losses.dropped["side"] == [FIGURE["id"]]


@given(
    st.lists(
        st.tuples(
            st.integers(1, 10**6),
            st.integers(0, 10**6) | st.none(),
            st.sampled_from(["military", "civilian", "unknown"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_ucdp_keeps_its_sums(numbers: list[tuple[int, int | None, str]]) -> None:
    rows = [
        other(
            FIGURE,
            id=f"c-{n}",
            low=low,
            high=None if more is None else low + more,
            category=category,
        )
        for n, (low, more, category) in enumerate(numbers)
    ]
    text, _ = written("ucdp", *rows)
    (made,) = table(text)
    deaths = [int(made[name]) for name in ucdp.COLUMNS if name.startswith("deaths_") and made[name]]
    assert int(made["best"]) == sum(deaths)
    assert int(made["low"]) <= int(made["best"])
    assert not made["high"] or int(made["best"]) <= int(made["high"])


def test_priogrid_cells_are_numbered_from_the_south_west() -> None:
    assert priogrid(-90, -180) == 1
    assert priogrid(40.1, 45.2) == 187651
    assert priogrid(90, 180) == 360 * 720


def test_plover_records_tell_what_was_not_done() -> None:
    text, _ = written("plover", EVENT, other(EVENT, id="c-2", telling="denied"))
    done, denied = map(json.loads, text.splitlines())
    assert done["mode"] == ["aerial"]
    assert denied["mode"] == ["aerial", "negation"]
    assert done["actor"] == [
        {
            "entity_text": "Azerbaijan",
            "identifier_text": "Azerbaijan",
            "code": "AZE",
            "sector": "GOV",
        }
    ]
    assert done["recipient"][0]["sector"] == "MIL"
    assert done["event_loc"]["country_code"] == "AZE"
    assert {"id", "date", "actor", "event"} <= done.keys()
    assert done["quad_code"] == 4
    assert "dead" not in text


def test_polecat_and_gdelt_rows_have_their_columns() -> None:
    text, _ = written("polecat", EVENT)
    head, line = text.splitlines()
    assert head.split("\t") == list(plover.POLECAT_COLUMNS)
    assert len(line.split("\t")) == len(plover.POLECAT_COLUMNS) == 40
    made = dict(zip(plover.POLECAT_COLUMNS, line.split("\t"), strict=True))
    assert (made["Actor Country"], made["Intensity"], made["Contexts"]) == ("AZE", "-9.5", "None")
    text, _ = written("gdelt2", EVENT)
    cells = dict(zip(gdelt.COLUMNS, text.rstrip("\n").split("\t"), strict=True))
    assert len(cells) == 61
    assert (cells["SQLDATE"], cells["EventCode"], cells["EventRootCode"]) == (
        "20201011",
        "195",
        "19",
    )
    assert (cells["Actor1Code"], cells["Actor2Type1Code"], cells["DATEADDED"]) == (
        "AZEGOV",
        "MIL",
        "20201015060708",
    )
    assert cells["NumMentions"] == cells["AvgTone"] == ""


def test_geojson_is_a_feature_collection_with_every_field(kept: Ledger) -> None:
    text, losses = written("geojson", *ledger_rows(kept))
    data = json.loads(text)
    assert data["type"] == "FeatureCollection"
    assert not losses.dropped
    for feature in data["features"]:
        assert set(feature["properties"]) == {column.name for column in COLUMNS["claims"]} - {"id"}
        if feature["geometry"] is not None:
            east, north = feature["geometry"]["coordinates"]
            assert -180 <= east <= 180
            assert -90 <= north <= 90
    assert json.loads(written("geojson")[0])["features"] == []
    (guessed,) = json.loads(written("geojson", other(EVENT, place_evidence="inferred"))[0])[
        "features"
    ]
    assert guessed["geometry"] is None


def test_hxl_is_read_and_validated_by_libhxl(kept: Ledger) -> None:
    hxl = pytest.importorskip("hxl")
    text, losses = written(
        "hxl", *ledger_rows(kept), FIGURE, other(FIGURE, id="c-9", low=3, high=3)
    )
    assert losses.written
    source = hxl.make_input(io.BytesIO(text.encode()), hxl.InputOptions(allow_local=True))
    data = hxl.data(source).cache()
    assert len(list(data)) == losses.written
    assert data.validate()
    by_id = {made.get("#meta+id"): made for made in data}
    assert by_id["c-9"].get("#affected+killed+military+new-min-max") == "3"
    assert by_id[FIGURE["id"]].get("#affected+killed+military+new+min") == "12"
    assert by_id[FIGURE["id"]].get("#affected+killed+military+new+max") in {"", None}
    assert by_id["c-9"].get("#meta+evidence+affected") == "told"


def test_ftm_entities_are_valid_by_followthemoney(kept: Ledger) -> None:
    ftm = pytest.importorskip("followthemoney", reason="needs ICU: uv sync --group exchange")
    text, _ = written("ftm", *ledger_rows(kept), EVENT, FIGURE)
    made = [json.loads(line) for line in text.splitlines()]
    ids = {item["id"] for item in made}
    assert len(ids) == len(made)
    for item in made:
        proxy = ftm.model.get_proxy(item)
        proxy.schema.validate({"properties": item["properties"]})
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value) or prop.type.name == "entity", (prop, value)
            if prop.type.name == "entity":
                assert value in ids
        assert {prop.name: sorted(values) for prop, values in _by_prop(proxy).items()} == {
            name: sorted(values) for name, values in item["properties"].items()
        }
    assert {item["schema"] for item in made} >= {
        "Article",
        "Event",
        "Note",
        "UnknownLink",
        "PublicBody",
    }


def _by_prop(proxy: Any) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    for prop, value in proxy.itervalues():
        found.setdefault(prop, []).append(value)
    return found


def test_ftm_statements_make_the_same_entities(kept: Ledger) -> None:
    rows = list(ledger_rows(kept))
    statements = table(written("ftm-statements", *rows)[0])
    entities = [json.loads(line) for line in written("ftm", *rows)[0].splitlines()]
    assert {item["entity_id"] for item in statements} == {item["id"] for item in entities}
    told = {
        (item["id"], prop, value)
        for item in entities
        for prop, values in item["properties"].items()
        for value in values
    }
    read = {(s["entity_id"], s["prop"], s["value"]) for s in statements if s["prop"] != "id"}
    assert {(id_, prop, value.removeprefix("'")) for id_, prop, value in read} == {
        (id_, prop, value.removeprefix("'")) for id_, prop, value in told
    }
    assert len({item["id"] for item in statements}) == len(statements)


ANNOTATION_TERMS: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#", "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "id": "@id", "type": "@type",
    "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody", "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector", "TimeState": "oa:TimeState",
    "SpecificResource": "oa:SpecificResource", "AnnotationPage": "as:OrderedCollectionPage",
    "Software": "as:Application", "classifying": "oa:classifying", "tagging": "oa:tagging",
    "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "state": {"@id": "oa:hasState", "@type": "@id"}, "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"}, "value": "rdf:value", "exact": "oa:exact",
    "prefix": "oa:prefix", "suffix": "oa:suffix", "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "generator": {"@id": "as:generator", "@type": "@id"},
    "generated": {"@id": "dcterms:issued", "@type": "xsd:dateTime"}, "name": "foaf:name",
    "cached": {"@id": "oa:cachedSource", "@type": "@id"},
    "sourceDate": {"@id": "oa:sourceDate", "@type": "xsd:dateTime"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
}  # fmt: skip
"""The terms of the W3C's context that are used: tests fetch nothing."""


def annotations(*rows: FlatRow) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(written("annotation", *rows)[0])
    assert made["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    return made


def shapes_hold(made: dict[str, Any]) -> tuple[bool, str]:
    pyshacl = pytest.importorskip("pyshacl")
    from rdflib import Graph

    local = made | {"@context": [ANNOTATION_TERMS, made["@context"][1]]}
    data = Graph().parse(data=json.dumps(local), format="json-ld")
    shapes = files("counterclaim.exchange").joinpath("data/annotation.ttl").read_text("utf-8")
    holds, _, told = pyshacl.validate(data, shacl_graph=Graph().parse(data=shapes, format="turtle"))
    return holds, told


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_annotations_keep_the_shapes(kept: Ledger) -> None:
    made = annotations(*ledger_rows(kept), EVENT, FIGURE)
    holds, told = shapes_hold(made)
    assert holds, told
    broken = json.loads(json.dumps(made))
    del broken["items"][0]["target"]["selector"][1]["exact"]
    holds, told = shapes_hold(broken)
    assert not holds


def test_annotations_lead_back_to_the_words(kept: Ledger) -> None:
    rows = list(ledger_rows(kept))
    texts = kept.texts([str(made["document"]) for made in rows])
    for made, item in zip(rows, annotations(*rows)["items"], strict=True):
        position, quote = item["target"]["selector"]
        text = texts[str(made["document"])]
        assert text[position["start"] : position["end"]] == quote["exact"] == made["quote"]
        around = " ".join(
            (quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")).split()
        )
        assert around in " ".join(text.split())


def test_schema_org_claims_have_no_rating(kept: Ledger) -> None:
    rows = list(ledger_rows(kept, site="https://l.example"))
    text, _ = written("schema-org", *rows)
    made = json.loads(text)
    assert len(made["@graph"]) == len(rows)
    assert {item["@type"] for item in made["@graph"]} == {"Claim"}
    assert not re.search("rating|ClaimReview", text, re.IGNORECASE)
    said = {item["@id"].rpartition("/")[2]: item for item in made["@graph"]}
    for source in rows:
        names = [author["name"] for author in said[str(source["id"])].get("author", [])]
        assert names == (source["speakers"] if source["speaker_evidence"] != "inferred" else [])
