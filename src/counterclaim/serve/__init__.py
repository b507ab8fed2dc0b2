"""Serve: the workbench in the browser, and the same views for programs.

Takes settings and requests; gives pages, downloads and JSON, each read from the ledger as it stands.
Never writes but through the services, never runs a script that it did not ship, never fetches for its pages.
"""

from counterclaim.serve.app import create_app
from counterclaim.serve.pages.sheets import Sheets
from counterclaim.serve.settings import Settings

__all__ = ["Settings", "Sheets", "create_app"]
