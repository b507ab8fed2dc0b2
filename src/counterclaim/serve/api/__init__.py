"""The API: the same views as JSON, for programs. docs/api.md describes it."""

from fastapi import FastAPI

from counterclaim.serve.api import adding, imports, judging, projects, routes, withdrawals
from counterclaim.serve.api.etags import install_tags

__all__ = ["install_api"]

ROUTERS = (
    routes.router,
    imports.router,
    judging.router,
    adding.router,
    withdrawals.router,
    projects.router,
)


def install_api(app: FastAPI) -> None:
    """Add the API to an app."""
    install_tags(app)
    for router in ROUTERS:
        app.include_router(router, prefix="/api/v1")
