"""Pages: one module for each noun, each with its router."""

from fastapi import APIRouter

from counterclaim.serve.pages import (
    actors,
    add,
    alerts,
    audit,
    casualties,
    ceasefires,
    claims,
    discussion,
    drawing,
    imports,
    incidents,
    method,
    people,
    positions,
    problems,
    review,
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
        casualties,
        ceasefires,
        positions,
        claim_map,
        timeline,
        sources,
        claims,
        actors,
        search,
        discussion,
        problems,
        method,
        review,
        people,
        audit,
        add,
        alerts,
        drawing,
        imports,
    )
)
"""Routers of all pages."""
