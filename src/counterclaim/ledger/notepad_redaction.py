"""Notepad redaction: a report's words in the notepads, which are written over, taken out of them."""

import json

from sqlalchemy import Connection, delete, select, update

from counterclaim.ledger.codec import dump, load
from counterclaim.ledger.erasable_rows import Reach
from counterclaim.ledger.redactions import Cuts, cut_record
from counterclaim.ledger.tables import outbox, visits
from counterclaim.ledger.visibility import chunks
from counterclaim.records.alert import Matter


def cut_notes(connection: Connection, reach: Reach, cuts: Cuts) -> int:
    """Take a report's words out of what is to be told and was told, and of what is remembered of its address.

    Returns:
        How many rows say less since.
    """
    return _outbox(connection, reach, cuts) + _visits(connection, reach, cuts)


def _outbox(connection: Connection, reach: Reach, cuts: Cuts) -> int:
    mark = f'"{reach.document_id}"'
    rows = connection.execute(
        select(outbox.c.key, outbox.c.channel, outbox.c.base, outbox.c.body).where(
            outbox.c.body.contains(mark, autoescape=True)
        )
    ).all()
    found = 0
    for row in rows:
        here = (outbox.c.key == row.key) & (outbox.c.channel == row.channel)
        if cuts.is_whole:
            connection.execute(delete(outbox).where(here))
            found += 1
            continue
        matter = load(Matter, row.body)
        made, base = cut_record(matter, cuts.own, cuts.before, cuts.since), cuts.own(row.base)
        if made is not matter or base != row.base:
            connection.execute(update(outbox).where(here).values(body=dump(made), base=base))
            found += 1
    return found


def _visits(connection: Connection, reach: Reach, cuts: Cuts) -> int:
    found = 0
    for some in chunks(reach.names):
        rows = connection.execute(
            select(visits.c.address, visits.c.body).where(visits.c.address.in_(some))
        )
        for row in rows.all():
            here = visits.c.address == row.address
            body = json.loads(row.body)
            title = body["title"] and cuts.own(body["title"])
            if not cuts.is_whole and cuts.own(row.address) != row.address:
                connection.execute(delete(visits).where(here))
            elif title != body["title"]:
                said = json.dumps(body | {"title": title}, ensure_ascii=False)
                connection.execute(update(visits).where(here).values(body=said))
            else:
                continue
            found += 1
    return found
