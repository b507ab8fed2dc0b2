"""Hypothesis strategies for the records, shared by all rooms."""

from datetime import date
from typing import get_args

from hypothesis import strategies as st

from counterclaim.records.attribution import STANCES, Attribution, Quotation
from counterclaim.records.claim import (
    Casualty,
    Category,
    Ceasefire,
    CeasefireStatus,
    Claim,
    Event,
    EventType,
    Measure,
    Outcome,
    Payload,
    Position,
    PositionAct,
    Relation,
    Telling,
    Withheld,
)
from counterclaim.records.count import Count, Qualifier
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.text import Span
from counterclaim.records.time import Time

names = st.one_of(
    st.sampled_from(
        [
            "Ardenia",
            "Kestria",
            "Ost",
            "United Lowlands",
            "media: Bugle",
            "N'Dara",
            "a_b",
            "A & B",
            "x/y",
            "-",
            "Ost (old town)",
            "é{1}",
            'the "Guard"',
        ]
    ),
    st.text(min_size=1, max_size=12),
)
spans = st.tuples(st.integers(0, 9_000), st.integers(0, 400)).map(
    lambda pair: Span(pair[0], pair[0] + pair[1])
)
some_spans = st.lists(spans, max_size=3).map(tuple)
parties = st.builds(Party, names, st.none() | names)
some_parties = st.lists(parties, max_size=3).map(tuple)
times = st.builds(
    Time,
    st.one_of(
        st.dates(date(1990, 1, 1), date(2035, 1, 1)).map(date.isoformat),
        st.sampled_from(
            [
                "2020-W41",
                "2020-10",
                "2020",
                "2020-10-14TNI",
                "XXXX-WXX-3",
                "2020-09-27/",
                "PAST_REF",
            ]
        ),
    ),
    st.none() | spans,
)
places = st.builds(
    Place,
    name=names,
    gazetteer_id=st.none() | st.integers(1, 10**7).map(lambda number: f"gn:{number}"),
    within=st.none()
    | st.sampled_from(["inside", "near", "deep inside", "northern"])
    | st.text(max_size=6),
)


@st.composite
def counts(draw: st.DrawFn) -> Count:
    low = draw(st.none() | st.integers(0, 10**6))
    high = draw(st.none() | st.integers(0, 10**6))
    if low is not None and high is not None and high < low:
        low, high = high, low
    return Count(
        low,
        high,
        draw(st.sampled_from(get_args(Qualifier))),
        draw(st.none() | st.integers(0, 10**6)),
    )


def one_of(closed: object) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(closed))


events = st.builds(
    Event,
    type=one_of(EventType),
    modes=st.lists(
        st.sampled_from(["aerial", "drone", "heavy-weapons", "phone"]), max_size=2, unique=True
    ).map(tuple),
    actors=some_parties,
    recipients=some_parties,
    place=st.none() | places,
    time=st.none() | times,
    telling=one_of(Telling),
    object=st.none() | spans,
)
casualties = st.builds(
    Casualty,
    count=counts(),
    outcome=one_of(Outcome),
    outcome_words=st.none() | st.text(min_size=1, max_size=12),
    category=one_of(Category),
    subgroup=st.none() | st.sampled_from(["children", "aid workers"]),
    side=some_parties,
    relation=one_of(Relation),
    measure=one_of(Measure),
    period=st.none() | times,
    as_of=st.none() | times,
    since=st.none() | spans,
    place=st.none() | places,
    part_of=st.none() | spans,
    includes=some_spans,
    supersedes=st.none() | spans,
    background=st.booleans(),
    flags=st.lists(
        st.sampled_from(["hedged", "side_inferred", "as_of_shared"]), max_size=2, unique=True
    ).map(tuple),
)
ceasefires = st.builds(
    Ceasefire,
    status=one_of(CeasefireStatus),
    brokers=some_parties,
    parties=some_parties,
    effective=st.none() | times,
    place=st.none() | places,
    terms=st.none() | st.sampled_from(["humanitarian", "72-hour", "long-term"]),
    breach_alleged_by=some_parties,
    background=st.booleans(),
)
positions = st.builds(
    Position,
    act=one_of(PositionAct),
    holders=some_parties,
    addressees=some_parties,
    what=st.none() | spans,
)
withhelds = st.builds(
    Withheld, owners=some_parties, what=st.none() | spans, since=st.none() | times
)
payloads: st.SearchStrategy[Payload] = st.one_of(
    events, casualties, ceasefires, positions, withhelds
)
ids = st.integers(0, 16**12 - 1).map(lambda number: f"{number:012x}")

claims = st.builds(
    Claim,
    document_id=ids.map(lambda value: f"d-{value}"),
    span=spans,
    quote=st.text(max_size=40),
    sentence=spans,
    payload=payloads,
    speakers=some_parties,
    stance=st.sampled_from(STANCES),
    attribution_id=st.none() | ids.map(lambda value: f"a-{value}"),
    hedges=some_spans,
    trace=st.just(()),
)
attributions = st.builds(
    Attribution,
    document_id=ids.map(lambda value: f"d-{value}"),
    cue=spans,
    cue_entry=st.sampled_from(["say", "n-claim", "claim-responsibility", "quote"]),
    content=some_spans,
    speakers=some_parties,
    speaker_span=st.none() | spans,
    stance=st.sampled_from(STANCES),
    stance_words=st.none() | spans,
    targets=some_parties,
    quotation=one_of(Quotation),
    hedges=some_spans,
    via=some_parties,
    inside=st.none() | ids.map(lambda value: f"a-{value}"),
    said_at=st.none() | times,
    is_claim=st.booleans(),
    trace=st.just(()),
)
