"""What a ledger keeps beside its reports, each by a keeper of its own."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from counterclaim.ledger.carriers import Carriers
from counterclaim.ledger.casualty_cache import CasualtyCache
from counterclaim.ledger.erasing import Erasures
from counterclaim.ledger.facts import Facts
from counterclaim.ledger.heirs import Lineage
from counterclaim.ledger.imports import Imports
from counterclaim.ledger.outbox import Outbox
from counterclaim.ledger.people import LedgerPeople
from counterclaim.ledger.projects import Projects
from counterclaim.ledger.tickets import Tickets
from counterclaim.ledger.visits import Visits
from counterclaim.ledger.withdrawing import Withdrawals


class Rooms:
    """The keepers of one ledger."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        """Open the keepers; nothing is asked of the database yet."""
        self._where = engine.url.render_as_string(hide_password=True)
        self.people = LedgerPeople(engine, now)
        self.tickets = Tickets(engine, now, self.people)
        self.losses = CasualtyCache(engine)
        self.facts = Facts(engine)
        self.carriers = Carriers(engine)
        self.outbox = Outbox(engine)
        self.visits = Visits(engine)
        self.imports = Imports(engine, now)
        self.projects = Projects(engine, now)
        self.lineage = Lineage(engine)
        self.withdrawals = Withdrawals(engine, now)
        self.erasures = Erasures(engine, now)

    def __repr__(self) -> str:
        return f"<Ledger {self._where}>"
