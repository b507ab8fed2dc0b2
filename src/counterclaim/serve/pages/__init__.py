"""Pages: one module for each noun, each with its router."""

from fastapi import APIRouter

from counterclaim.serve.pages import (
    actors,
    add,
    casualties,
    ceasefires,
    claims,
    discussion,
    drawing,
    incidents,
    map,
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

PAGES: tuple[APIRouter, ...] = tuple(
    page.router
    for page in (
        today,
        incidents,
        casualties,
        ceasefires,
        positions,
        map,
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
        add,
        drawing,
    )
)
"""Routers of all pages."""
