"""Pages: one module for each noun, each with its router."""

from fastapi import APIRouter

from counterclaim.serve.pages import (
    account,
    activity,
    actors,
    acts,
    add,
    alerts,
    audit,
    beside,
    casualties,
    ceasefires,
    claims,
    discussion,
    drawing,
    imports,
    incidents,
    joining,
    mapping,
    merging,
    method,
    people,
    positions,
    problems,
    reference,
    review,
    rules,
    search,
    sources,
    timeline,
    today,
)
from counterclaim.serve.pages import map as claim_map

PAGES: tuple[APIRouter, ...] = tuple(
    page.router
    for page in (
        today,
        incidents,
        acts,
        casualties,
        ceasefires,
        positions,
        claim_map,
        mapping,
        timeline,
        sources,
        claims,
        actors,
        search,
        discussion,
        problems,
        method,
        beside,
        merging,
        review,
        rules,
        people,
        joining,
        account,
        activity,
        reference,
        audit,
        add,
        alerts,
        drawing,
        imports,
    )
)
"""Routers of all pages."""
