"""Method: the codebook as used: rules, lexicons, versions."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.errors import CounterclaimError
from counterclaim.lexicon import digest
from counterclaim.lexicon.load import read_rows
from counterclaim.pipeline.signature import lexicon_names
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import AfterAsked, LedgerAsked
from counterclaim.serve.rules import RULES
from counterclaim.service.report_view import VERBS
from counterclaim.tell.glossary import GLOSSARY, KINDS_KEPT, LOSSES, STANCES

router = APIRouter(prefix="/method")

ENTRIES = 100
COUNTED = ("documents", "readings", "claims", "incidents", "judgements", "problems")


class NoLexiconError(CounterclaimError):
    """No lexicon has the name."""


@router.get("", response_class=HTMLResponse)
def method(request: Request, ledger: LedgerAsked) -> HTMLResponse:
    """Show the rules of statuses, what stances mean, and what reads."""
    return render(
        request,
        "method.html",
        rules=RULES,
        verbs=VERBS,
        stance_words=STANCES,
        glossary=GLOSSARY,
        kinds=KINDS_KEPT.items(),
        losses=LOSSES,
        lexicons=[(name.removesuffix(".yaml"), *_size(name)) for name in lexicon_names()],
        counted=COUNTED,
        stats=ledger.stats(quick=True),
    )


@router.get("/{lexicon}", response_class=HTMLResponse)
def entries(request: Request, lexicon: str, after: AfterAsked) -> HTMLResponse:
    """Show one lexicon: its entries with examples and counter-examples."""
    name = f"{lexicon}.yaml"
    if name not in lexicon_names():
        known = ", ".join(item.removesuffix(".yaml") for item in lexicon_names())
        msg = f"no lexicon is called {lexicon[:40]!r}: choose one of {known}"
        raise NoLexiconError(msg)
    start = int(after or 0)
    rows = _rows(name)
    return render(
        request,
        "lexicon.html",
        name=lexicon,
        digest=digest(name),
        rows=[_shown(row) for row in rows[start : start + ENTRIES]],
        whole=len(rows),
        after=after,
        next=str(start + ENTRIES) if start + ENTRIES < len(rows) else None,
    )


@cache
def _rows(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(read_rows(name))


@cache
def _size(name: str) -> tuple[str, int]:
    return digest(name), len(_rows(name))


def _shown(row: dict[str, Any]) -> tuple[str, list[tuple[str, list[str]]]]:
    """Return an entry's name, and its fields as words."""
    fields = [(key, _many(value)) for key, value in row.items() if key != "id"]
    return str(row.get("id", "")), [(key, words) for key, words in fields if words]


def _many(value: object) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [str(item) for item in value]
    if isinstance(value, dict):
        return [f"{key}: {item}" for key, item in value.items()]
    return [] if value is None else [str(value)]
