"""Pages: one module for each noun, each with its router."""

from fastapi import APIRouter

from counterclaim.serve.pages import (
    actors,
    acts,
    add,
    audit,
    casualties,
    ceasefires,
    claims,
    discussion,
    drawing,
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
        acts,
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
        drawing,
    )
)
"""Routers of all pages."""
