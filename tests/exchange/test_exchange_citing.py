"""Citations: what is said, by whom, where, and on which day it was looked at; nothing in them runs."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from counterclaim.cli.app import app
from counterclaim.exchange.citing import STYLES, cite_claim, cite_incident, write_citation
from counterclaim.ledger import Ledger
from counterclaim.service.ledger_service import view_incident
from tests.exchange.test_exchange_formats import EVENT, other

TODAY = date(2031, 5, 6)
HOSTILE = other(
    EVENT,
    sentence="50% of \\input{/etc/passwd} was $lost$ & {gone}\n.",
    permalink="https://l.example/claims/c-1",
)


@pytest.mark.parametrize("style", STYLES)
def test_citing_a_claim_names_speaker_report_and_days(style: str) -> None:
    made = write_citation(cite_claim(HOSTILE, TODAY), style)
    for words in (
        "Armenia",
        "The Bugle",
        "https://l.example/claims/c-1",
        "https://e.example/a?b=1",
    ):
        assert words in made, words
    assert "2031-05-06" in made or "2031,\n     5" in made


def test_citing_in_bibtex_runs_nothing() -> None:
    made = write_citation(cite_claim(HOSTILE, TODAY), "bibtex")
    assert "\\input" not in made
    assert "\\textbackslash input\\{" in made
    assert "50\\%" in made
    plain = made.replace("\\{", "").replace("\\}", "")
    assert plain.count("{") == plain.count("}")
    assert made.startswith("@misc{counterclaim-c-")


def test_citing_in_csl_is_json_with_dates() -> None:
    (made,) = json.loads(write_citation(cite_claim(EVENT, TODAY), "csl"))
    assert made["author"] == [{"literal": "Armenia"}]
    assert made["issued"] == {"date-parts": [[2020, 10, 14]]}
    assert made["accessed"] == {"date-parts": [[2031, 5, 6]]}


def test_citing_names_no_speaker_that_no_words_tell() -> None:
    assert "Armenia: " not in write_citation(
        cite_claim(other(EVENT, speaker_evidence="inferred"), TODAY), "text"
    )
    undated = write_citation(cite_claim(other(EVENT, published=None), TODAY), "text")
    assert "undated" in undated


def test_citing_an_incident_tells_how_its_claims_stand(kept: Ledger) -> None:
    card = next(card for card in kept.incidents().rows if card.slots)
    made = write_citation(
        cite_incident(view_incident(kept, card.id), TODAY, "https://l.example/"), "text"
    )
    assert f"https://l.example/incidents/{card.id}" in made
    claims = "1 claim" if card.claims == 1 else f"{card.claims} claims"
    reports = "1 report" if card.documents == 1 else f"{card.documents} reports"
    assert f"{claims} of {reports}" in made
    assert card.slots[0].status.replace("_", " ").split()[0] in made


def test_cli_cite(kept: Ledger, kept_file: Path) -> None:
    claim = kept.claims(limit=1).rows[0].claim.id
    run = CliRunner().invoke
    done = run(app, ["cite", claim, "-l", str(kept_file), "--site", "https://l.example"])
    assert done.exit_code == 0, done.output
    assert f"https://l.example/claims/{claim}" in done.stdout
    assert "choose one of text" in str(run(app, ["cite", claim, "--style", "mla"]).exception)
    assert "give a claim's id" in str(run(app, ["cite", "d-1", "-l", str(kept_file)]).exception)
