"""Pages: one module for each noun, each with its router."""

from fastapi import APIRouter

from counterclaim.serve.pages import incidents, people, review, sources, today

PAGES: tuple[APIRouter, ...] = (
    today.router,
    incidents.router,
    sources.router,
    review.router,
    people.router,
)
"""Routers of all pages."""
