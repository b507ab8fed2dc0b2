"""Linking with what a keeper brings back: by keys alone, the same incidents as with everything in memory."""

from collections import defaultdict
from datetime import timedelta

from counterclaim.link import (
    compatible_claims,
    keys_of_claims,
    link_documents,
    link_near,
    lookup_keys,
    touched,
)
from counterclaim.records.claim import Claim, Payload, Position
from counterclaim.records.text import Document
from tests.happenings import ARDENIA, DAY, KESTRIA, claim, document, killed, place, shelling, truce

Read = tuple[Document, tuple[Claim, ...]]

TOLD: list[tuple[str, Payload, int]] = [
    ("Kestria said guns shelled the mill at Ost.", shelling(), 0),
    ("The depot at Varn was shelled.", shelling(at=place("Varn")), 0),
    ("Guns shelled the mill at Ost, farmers said.", shelling(), 1),
    ("Twelve people of Kestria died in the market at Kel.", killed(12, at=place("Kel")), 1),
    ("The toll of the market at Kel rose to 15.", killed(15, at=place("Kel")), 2),
    ("They agreed on a truce.", truce("agreed", on=DAY + timedelta(days=3)), 3),
    ("The truce took hold.", truce("in force", on=DAY + timedelta(days=3)), 4),
    (
        "Ardenia wants the Kelford crossing shut.",
        Position(act="demand", holders=(ARDENIA,), addressees=(KESTRIA,)),
        4,
    ),
]


def told() -> list[Read]:
    rows: list[Read] = []
    for text, payload, day in TOLD:
        carrier = document(text, DAY + timedelta(days=day))
        rows.append((carrier, (claim(carrier, payload),)))
    return rows


def test_link_a_keeper_gets_the_incidents_that_memory_gives() -> None:
    kept: defaultdict[str, set[str]] = defaultdict(set)
    held: dict[str, Read] = {}
    incidents: dict[str, frozenset[str]] = {}
    for new in told():
        found = {name for key in lookup_keys(*new) for name in kept.get(key, ())}
        whole = {member for name in found for member in incidents[name]}
        linker = link_near(new, [held[name] for name in sorted(whole)])
        held[new[1][0].id] = new
        for incident in linker.incidents():
            incidents.update(dict.fromkeys(incident.claim_ids, frozenset(incident.claim_ids)))
        for name, keys in keys_of_claims(*new).items():
            for key in keys:
                kept[key].add(name)
    expected = {frozenset(item.claim_ids) for item in link_documents(told()).incidents()}
    assert set(incidents.values()) == expected
    assert len(expected) == 5


def test_link_only_what_may_join_is_brought_back() -> None:
    rows = told()
    new = rows[0]
    elsewhere, same, market = rows[1], rows[2], rows[3]
    assert compatible_claims(new, [elsewhere, same, market]) == {same[1][0].id}
    assert compatible_claims(new, []) == frozenset()


def test_link_a_keeper_that_brings_back_what_may_join_gets_the_same_incidents() -> None:
    held: dict[str, Read] = {}
    incidents: dict[str, frozenset[str]] = {}
    for new in told():
        able = compatible_claims(new, held.values())
        whole = {member for name in able for member in incidents[name]}
        linker = link_near(new, [held[name] for name in sorted(whole)])
        held[new[1][0].id] = new
        for incident in linker.incidents():
            incidents.update(dict.fromkeys(incident.claim_ids, frozenset(incident.claim_ids)))
    expected = {frozenset(item.claim_ids) for item in link_documents(told()).incidents()}
    assert set(incidents.values()) == expected


def test_link_groups_are_the_incidents_without_reasons() -> None:
    linker = link_documents(told())
    expected = {frozenset(item.claim_ids) for item in linker.incidents()}
    assert set(linker.groups()) == expected
    one = told()[0][1][0].id
    assert [one in item.claim_ids for item in linker.incidents({one})] == [True]
    assert linker.incidents(set()) == ()


def test_link_every_claim_has_a_key() -> None:
    bare = document("Somebody withdrew from Ostbridge, Anna Varnholt of Kelford said.")
    events = shelling(by=(), to=(), on=None)
    row = (claim(bare, type(events)(type="RETREAT")),)
    keys = keys_of_claims(bare, row)[row[0].id]
    assert keys
    assert set(keys) <= set(lookup_keys(bare, row))


def test_link_touched_gives_each_incident_once() -> None:
    rows = told()
    linker = link_near(rows[2], [rows[0], rows[1]])
    found = touched(linker, [*rows[0][1], *rows[2][1]])
    assert [len(item.claim_ids) for item in found] == [2]
