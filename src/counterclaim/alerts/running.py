"""Running: what is new goes into the outbox, what is due goes out, what fails is tried again later."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from counterclaim.alerts.channels import send
from counterclaim.alerts.errors import AlertsError, SendError
from counterclaim.alerts.finding import find_matters
from counterclaim.alerts.rules import AlertRule, AlertSetup, Secrets
from counterclaim.ledger import Ledger
from counterclaim.ledger.outbox import is_same
from counterclaim.records.alert import Delivery, Matter
from counterclaim.service.corrections import is_left_out

FIRST_WAIT = timedelta(minutes=1)
"""After the first failure; twice as long after each further one."""

LONGEST_WAIT = timedelta(hours=6)

MOST_ATTEMPTS = 16
"""After two days of failures a message is given up, and said to be."""


@dataclass(slots=True)
class Outcome:
    """What a run did."""

    found: int = 0
    sent: int = 0
    dropped: int = 0
    """Matters whose report was withdrawn or rewritten before they were sent."""
    failed: list[str] = field(default_factory=list)
    """What could not be sent, by channel, in words; it is tried again."""
    begun: list[str] = field(default_factory=list)
    """Rules that were met for the first time: what was recorded before is not told."""


def collect(
    ledger: Ledger, setup: AlertSetup, now: datetime, since: datetime | None = None
) -> Outcome:
    """Put what rules find into the outbox.

    Args:
        ledger: Where to look.
        setup: The rules.
        now: The clock.
        since: For rules met for the first time: from when on; from now on, where none is given.
    """
    outcome = Outcome()
    matters: list[Matter] = []
    due: dict[str, dict[str, datetime]] = {}
    until: dict[str, datetime] = {}
    last = (
        ledger.outbox.last_filed()
    )  # what is being filed meanwhile bears no earlier date, and is found the next time
    for rule in setup.rules:
        bookmark = f"alerts {rule.name}"
        mark = ledger.outbox.bookmark(bookmark)
        if mark is None:
            outcome.begun.append(rule.name)
            mark = since or now
            until[bookmark] = now
        else:
            until[bookmark] = mark if last is None else max(mark, last)
        matters += find_matters(ledger, rule, mark)
        due[rule.name] = dict.fromkeys(rule.to, setup.due(rule, now))
    outcome.found = len(ledger.outbox.collect(matters, due, now, until))
    return outcome


def deliver(
    ledger: Ledger, setup: AlertSetup, secrets: Secrets, now: datetime, outcome: Outcome
) -> Outcome:
    """Send what is due, batch by batch. A batch is claimed first: two processes send it once."""
    while deliveries := ledger.outbox.claim(now):
        first = deliveries[0]
        standing = _standing(ledger, deliveries)
        gone = [item for item in deliveries if item not in standing]
        if gone:
            ledger.outbox.mark(gone, "dropped", now)
            outcome.dropped += len(gone)
        if not standing:
            continue
        try:
            _hand_over(ledger, setup, secrets, standing, now)
        except (SendError, AlertsError) as error:
            attempts = first.attempts + 1
            wait = min(FIRST_WAIT * 2 ** min(attempts - 1, 12), LONGEST_WAIT)
            is_over = attempts >= MOST_ATTEMPTS
            ledger.outbox.mark(standing, "failed" if is_over else "waiting", now, now + wait)
            outcome.failed.append(
                f"{error}; {'given up' if is_over else f'tried again after {_minutes(wait)}'}"
            )
            continue
        ledger.outbox.mark(standing, "sent", now)
        outcome.sent += len(standing)
    return outcome


def _hand_over(
    ledger: Ledger, setup: AlertSetup, secrets: Secrets, standing: Sequence[Delivery], now: datetime
) -> None:
    name = standing[0].channel
    channel = setup.channels.get(name)
    if channel is None:
        raise SendError(name, "the file of rules has no such channel any more")

    def shown(asked: str) -> Sequence[Delivery]:
        return ledger.outbox.listed(channel=asked, states=("sent",))

    send(setup, channel, standing, secrets, now=now, shown=shown)


def _minutes(wait: timedelta) -> str:
    return f"{int(wait.total_seconds() // 60)} min"


def _standing(ledger: Ledger, deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Return the deliveries whose claims the ledger still shows: what was withdrawn alerts nobody."""
    ids = sorted({item.matter.claim_id for item in deliveries})
    entries = ledger.claims_by_id(ids)
    shown = {entry.claim.id for entry in entries if not is_left_out(entry)}
    return [item for item in deliveries if item.matter.claim_id in shown]


def dry_run(
    ledger: Ledger, setup: AlertSetup, since: datetime
) -> Iterator[tuple[AlertRule, Matter]]:
    """Yield what rules would have told of what was recorded from an instant on, each thing once; nothing is kept."""
    for rule in setup.rules:
        told: list[Matter] = []
        for matter in sorted(
            find_matters(ledger, rule, since), key=lambda item: (item.day, item.recorded_at)
        ):
            if not any(item.base == matter.base and is_same(item, matter) for item in told):
                told.append(matter)
                yield rule, matter
