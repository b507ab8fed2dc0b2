"""Reviewers: the people who can be asked to look at a row."""

from fastapi import Request

from counterclaim.ledger import Ledger
from counterclaim.serve.people import current_person


def reviewers(request: Request, ledger: Ledger) -> list[str]:
    """Return who can be asked to look: of a team those who may judge, else the one person there is."""
    if not request.app.state.settings.team:
        return [current_person(request).name]
    return [
        card.name for card in ledger.people.accounts() if card.is_open and card.role != "reader"
    ]
