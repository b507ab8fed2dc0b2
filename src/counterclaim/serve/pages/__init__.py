"""Pages: one module for each noun, each with its router."""

from fastapi import APIRouter

from counterclaim.serve.pages import (
    actors,
    ceasefires,
    claims,
    discussion,
    incidents,
    method,
    positions,
    problems,
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
        ceasefires,
        positions,
        timeline,
        sources,
        claims,
        actors,
        search,
        discussion,
        problems,
        method,
    )
)
"""Routers of all pages."""
