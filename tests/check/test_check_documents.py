"""Statuses over documents: origins counted, flags, contradictions, answers."""

from dataclasses import replace
from datetime import timedelta

from counterclaim.check import Material, check_incidents, find_contradictions, find_positions
from counterclaim.link.linker import link_documents
from counterclaim.records.claim import Claim, Payload, Position, PositionAct
from counterclaim.records.count import exactly
from counterclaim.records.finding import Contradiction, Finding
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.text import Document
from tests.happenings import (
    ARDENIA,
    DAY,
    KESTRIA,
    MONITORS,
    claim,
    document,
    killed,
    place,
    shelling,
)

Read = tuple[Document, tuple[Claim, ...]]


def told(
    text: str, payload: Payload, *, outlet: str = "The Bugle", day: int = 0, **more: object
) -> Read:
    carrier = document(text, DAY + timedelta(days=day), outlet)
    return carrier, (claim(carrier, payload, **more),)  # type: ignore[arg-type]  # a test names the fields it needs


def checked(
    *rows: Read, state: frozenset[str] = frozenset(), later: int = 0
) -> tuple[tuple[Finding, ...], tuple[Contradiction, ...]]:
    linker = link_documents(rows)
    incidents = linker.incidents()
    evidence = Material(
        claims={item.id: item for _, claims in rows for item in claims},
        documents={carrier.id: carrier for carrier, _ in rows},
        origins=linker.origin_index(incidents),
        sides={carrier.id: (ARDENIA, KESTRIA) for carrier, _ in rows},
        today=DAY + timedelta(days=later),
        state_outlets=state,
    )
    findings = check_incidents(incidents, evidence)
    return findings, find_contradictions(findings, incidents, evidence.claims)


def slot(findings: tuple[Finding, ...], name: str) -> Finding:
    found = [item for item in findings if item.slot == name]
    assert len(found) == 1, [(item.slot, item.proposition) for item in findings]
    return found[0]


def test_check_both_sides_in_two_reports_agree() -> None:
    findings, _ = checked(
        told(
            "Kestria said Ardenian guns shelled the mill at Ost.",
            shelling(),
            speakers=(KESTRIA,),
            stance="accuse",
        ),
        told(
            "Ardenia admitted shelling the mill at Ost.",
            shelling(telling="admitted"),
            speakers=(ARDENIA,),
            stance="admit",
            outlet="The Post",
        ),
    )
    assert (slot(findings, "occurred").status, slot(findings, "occurred").rule) == (
        "agreed_by_both",
        2,
    )


def test_check_one_ministry_in_three_outlets_is_one_source() -> None:
    findings, _ = checked(
        *(
            told(
                f"Monitors said the mill at Ost was shelled, {outlet} writes.",
                shelling(),
                speakers=(MONITORS,),
                outlet=outlet,
            )
            for outlet in ("The Bugle", "The Post", "The Courier")
        )
    )
    assert slot(findings, "occurred").status == "single_source"
    assert len(slot(findings, "occurred").voices) == 1


def test_check_a_surname_is_the_person_named_in_full_elsewhere() -> None:
    rows = [
        told(
            f"{name} said the mill at Ost was shelled, {outlet} writes.",
            shelling(),
            speakers=(Party(name),),
            outlet=outlet,
        )
        for name, outlet in (("Anna Varn", "The Bugle"), ("Varn", "The Post"))
    ]
    finding = slot(checked(*rows)[0], "occurred")
    assert (finding.status, [str(voice.party) for voice in finding.voices]) == (
        "single_source",
        ["Anna Varn"],
    )


def test_check_a_surname_of_two_persons_is_neither() -> None:
    rows = [
        told(
            f"{name} said the mill at Ost was shelled, {outlet} writes.",
            shelling(),
            speakers=(Party(name),),
            outlet=outlet,
        )
        for name, outlet in (
            ("Anna Varn", "The Bugle"),
            ("Varn", "The Post"),
            ("Ivo Varn", "The Courier"),
        )
    ]
    assert len(slot(checked(*rows)[0], "occurred").voices) == 3


def test_check_two_outlets_own_reporting_corroborates() -> None:
    findings, _ = checked(
        told("The mill at Ost was shelled by Ardenian guns.", shelling()),
        told("Ardenian guns shelled the mill at Ost.", shelling(), outlet="The Post"),
    )
    assert (slot(findings, "occurred").status, slot(findings, "occurred").rule) == (
        "corroborated",
        7,
    )


def test_check_copies_of_one_report_do_not_corroborate() -> None:
    text = "The mill at Ost was shelled by Ardenian guns at dawn, and the yard burned until noon, when rain put it out."
    findings, _ = checked(
        told(text, shelling()), told(f"{text} More to come.", shelling(), outlet="The Post", day=1)
    )
    assert slot(findings, "occurred").status == "single_source"


def test_check_a_charge_denied_in_another_report_is_denied() -> None:
    findings, contradictions = checked(
        told(
            "Kestria accused Ardenia of shelling the mill at Ost.",
            shelling(telling="alleged"),
            speakers=(KESTRIA,),
            stance="accuse",
        ),
        told(
            "Ardenia denied shelling the mill at Ost.",
            shelling(telling="denied"),
            speakers=(ARDENIA,),
            stance="deny",
            outlet="The Post",
            day=1,
        ),
    )
    assert (slot(findings, "occurred").status, slot(findings, "occurred").rule) == ("denied", 6)
    assert [(item.kind, item.left, item.right) for item in contradictions] == [
        ("between parties", "Kestria", "Ardenia")
    ]


def test_check_a_denial_of_another_month_covers_nothing() -> None:
    findings, _ = checked(
        told(
            "Kestria accused Ardenia of shelling the mill at Ost.",
            shelling(telling="alleged", on=None),
            speakers=(KESTRIA,),
            stance="accuse",
        ),
        told(
            "Ardenia denied shelling Ost.",
            shelling(telling="denied", on=None),
            speakers=(ARDENIA,),
            stance="deny",
            day=40,
        ),
    )
    assert slot(findings, "occurred").status == "single_source"


def test_check_a_speaker_who_denies_what_he_told_contradicts_himself() -> None:
    findings, contradictions = checked(
        told(
            "Ardenia said it shelled the mill at Ost.",
            shelling(telling="admitted"),
            speakers=(ARDENIA,),
            stance="admit",
        ),
        told(
            "Ardenia denied it shelled the mill at Ost.",
            shelling(telling="denied"),
            speakers=(ARDENIA,),
            stance="deny",
            day=1,
        ),
    )
    assert "self_contradiction" in slot(findings, "occurred").flags
    assert [item.kind for item in contradictions] == ["with itself"]


def test_check_a_claim_taken_back_is_withdrawn_and_no_contradiction() -> None:
    findings, contradictions = checked(
        told("Monitors said the mill at Ost was shelled.", shelling(), speakers=(MONITORS,)),
        told(
            "Monitors withdrew their report that the mill at Ost was shelled.",
            shelling(telling="denied"),
            speakers=(MONITORS,),
            stance="retract",
            day=1,
        ),
    )
    assert (slot(findings, "occurred").status, slot(findings, "occurred").rule) == ("withdrawn", 1)
    assert not contradictions


def test_check_two_doers_contest_who_did_it_and_not_that_it_happened() -> None:
    findings, _ = checked(
        told(
            "Kestria said Ardenian guns shelled the mill at Ost on Sunday.",
            shelling(to=()),
            speakers=(KESTRIA,),
        ),
        told(
            "Ardenia said Kestrian guns shelled the mill at Ost on Sunday.",
            shelling(by=(KESTRIA,), to=()),
            speakers=(ARDENIA,),
            outlet="The Post",
        ),
    )
    assert (slot(findings, "actor").status, slot(findings, "actor").rule) == ("contested", 5)
    assert slot(findings, "occurred").status != "contested"


def test_check_the_silent_accused_is_unanswered_and_never_agrees() -> None:
    findings, _ = checked(
        told(
            "Kestria accused Ardenia of shelling the mill at Ost.",
            shelling(),
            speakers=(KESTRIA,),
            stance="accuse",
        ),
        later=12,
    )
    finding = slot(findings, "occurred")
    assert "unanswered(12)" in finding.flags
    assert finding.status == "single_source"


def test_check_an_old_incident_is_stale() -> None:
    findings, _ = checked(told("The mill at Ost was shelled.", shelling()), later=45)
    assert "stale(45)" in slot(findings, "occurred").flags


def test_check_belligerents_alone_are_party_only() -> None:
    rows = [
        told(
            "Kestria said guns shelled the mill at Ost.",
            shelling(),
            speakers=(KESTRIA,),
            stance="accuse",
        )
    ]
    assert "party_only" in slot(checked(*rows)[0], "occurred").flags
    rows.append(
        told(
            "Monitors said guns shelled the mill at Ost.",
            shelling(),
            speakers=(MONITORS,),
            outlet="The Post",
        )
    )
    assert "party_only" not in slot(checked(*rows)[0], "occurred").flags


def test_check_state_outlets_alone_are_told() -> None:
    row = told("The mill at Ost was shelled.", shelling(), outlet="Ardenia Today")
    state = frozenset({"ardenia today"})
    assert "outlet_state_controlled" in slot(checked(row, state=state)[0], "occurred").flags
    other = told("Guns shelled the mill at Ost.", shelling())
    assert (
        "outlet_state_controlled" not in slot(checked(row, other, state=state)[0], "occurred").flags
    )


def test_check_rules_that_match_too_are_flags() -> None:
    findings, _ = checked(
        told(
            "Kestria accused Ardenia of shelling the mill at Ost.",
            shelling(telling="alleged"),
            speakers=(KESTRIA,),
            stance="accuse",
        ),
        told(
            "Ardenia denied shelling the mill at Ost.",
            shelling(telling="denied"),
            speakers=(ARDENIA,),
            stance="deny",
            day=1,
        ),
    )
    assert "also single_source" in slot(findings, "occurred").flags


def test_check_two_totals_of_one_day_contradict() -> None:
    def total(number: int) -> Payload:
        return replace(
            killed(number), measure="cumulative", as_of=killed(1).period, count=exactly(number)
        )

    findings, contradictions = checked(
        told("Kestria counts 40 of its dead.", total(40), speakers=(KESTRIA,)),
        told(
            "Monitors count 71 dead of Kestria.", total(71), speakers=(MONITORS,), outlet="The Post"
        ),
    )
    assert slot(findings, "figure").status == "contested"
    assert [(item.left, item.right) for item in contradictions] == [("Kestria", "Lowland Monitors")]


def test_check_towns_an_hour_apart_contest_the_place() -> None:
    near, far = (
        place("Ost", latitude=40.0, longitude=46.0),
        place("Varn", latitude=41.5, longitude=46.0),
    )
    assert _far(near, far)
    assert not _far(near, place("Kel", latitude=40.1, longitude=46.0))


def _far(left: Place, right: Place) -> bool:
    from counterclaim.check.contradictions import places_apart

    carrier = document("Two towns.")
    return places_apart([claim(carrier, shelling(at=item)) for item in (left, right)])


# ---------------------------------------------------------------- positions


def position(act: PositionAct, text: str, holder: Party, *asked: Party, day: int = 0) -> Read:
    return told(
        text, Position(act=act, holders=(holder,), addressees=asked), day=day, speakers=(holder,)
    )


def answers(*rows: Read) -> list[tuple[str, str]]:
    linker = link_documents(rows)
    by_id = {item.id: item for _, claims in rows for item in claims}
    found = find_positions(
        {item.id: [by_id[name] for name in item.claim_ids] for item in linker.incidents()},
        {carrier.id: carrier.published for carrier, _ in rows},
    )
    return [(reply.party, reply.answer) for item in found for reply in item.replies]


def test_check_a_refusal_of_the_one_asked_is_an_answer() -> None:
    asked = position(
        "demand", "Kestria demanded that Ardenia reopen the border crossing.", KESTRIA, ARDENIA
    )
    refused = position("refuse", "Ardenia will not reopen the crossing.", ARDENIA, day=2)
    assert answers(asked, refused) == [("Ardenia", "refuses")]


def test_check_an_act_on_another_matter_is_no_answer() -> None:
    asked = position(
        "demand", "Kestria demanded that Ardenia reopen the border crossing.", KESTRIA, ARDENIA
    )
    other = position("refuse", "Ardenia refuses to free its captives.", ARDENIA, day=2)
    assert answers(asked, other) == []


def test_check_an_act_before_the_demand_is_no_answer() -> None:
    refused = position("refuse", "Ardenia will not reopen the crossing.", ARDENIA)
    asked = position(
        "demand",
        "Kestria demanded that Ardenia reopen the border crossing.",
        KESTRIA,
        ARDENIA,
        day=2,
    )
    assert answers(refused, asked) == []
