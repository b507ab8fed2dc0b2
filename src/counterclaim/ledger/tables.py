"""Tables: what the ledger keeps. Rows are only ever added; docs/ledger.md says what each means.

Numbers (``n``) are given by the writer in order, so that a posting's rows and their seal do not depend
on the database. Days are ISO 8601 words, instants UTC to the microsecond: both sort as they read.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
)

from counterclaim.ledger.table_metadata import AT, DAY, ID, SHA256, metadata
from counterclaim.ledger.table_metadata import number_column as _number
from counterclaim.ledger.table_metadata import posting_column as _posting
from counterclaim.ledger.table_projects import document_projects, projects
from counterclaim.ledger.table_takedowns import erased, erasures, withdrawals
from counterclaim.ledger.words import EscapedText

__all__ = ["erased", "erasures", "metadata", "withdrawals"]
"""What stands in other modules, and is asked for here."""

postings = Table(
    "postings",
    metadata,
    _number(),
    Column("at", AT, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("subject", EscapedText, nullable=False),
    Column("signed", EscapedText, nullable=False),
    Column("digest", SHA256, nullable=False),
    Column("seal", SHA256, nullable=False),
)
"""One row for each transaction that wrote: the chain that seals all others."""

documents = Table(
    "documents",
    metadata,
    _number(),
    _posting(),
    Column("id", ID, nullable=False, unique=True),
    Column("sha256", SHA256, nullable=False),
    Column("text", EscapedText, nullable=False),
)

sightings = Table(
    "sightings",
    metadata,
    _number(),
    _posting(),
    Column("document", ForeignKey("documents.n"), nullable=False, index=True),
    Column("name", EscapedText, nullable=False),
    Column("title", EscapedText),
    Column("outlet", EscapedText),
    Column("author", EscapedText),
    Column("published", DAY),
    Column("published_basis", String(16)),
    Column("mark", ID, nullable=False, unique=True),
    Column("revises", ForeignKey("sightings.n")),
    Index("ix_sightings_name", "name"),
)
"""Where a text was met, and what was said of it there. ``mark`` hashes the whole."""

signatures = Table(
    "signatures",
    metadata,
    _number(),
    _posting(),
    Column("id", ID, nullable=False, unique=True),
    Column("body", EscapedText, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    _number(),
    _posting(),
    Column("document", ForeignKey("documents.n"), nullable=False),
    Column("sighting", ForeignKey("sightings.n"), nullable=False),
    Column("signature", ForeignKey("signatures.n"), nullable=False),
    Column("id", ID, nullable=False, unique=True),
    Column("known_on", DAY, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("body", EscapedText, nullable=False),
    Index("ix_readings_document_n", "document", "n"),
)

attributions = Table(
    "attributions",
    metadata,
    _number(),
    _posting(),
    Column("reading", ForeignKey("readings.n"), nullable=False, index=True),
    Column("id", ID, nullable=False, index=True),
    Column("stance", String(12), nullable=False),
    Column("is_claim", Boolean, nullable=False),
    Column("speakers", EscapedText, nullable=False),
    Column("body", EscapedText, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    _number(),
    _posting(),
    Column("reading", ForeignKey("readings.n"), nullable=False, index=True),
    Column("document", ForeignKey("documents.n"), nullable=False, index=True),
    Column("id", ID, nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("stance", String(12), nullable=False),
    Column("speakers", EscapedText, nullable=False),
    Column("known_on", DAY, nullable=False),
    Column("first_day", DAY),
    Column("last_day", DAY),
    Column("place", EscapedText),
    Column("act", String(24)),
    Column("body", EscapedText, nullable=False),
    Index("ix_claims_kind_n", "kind", "n"),
    Index("ix_claims_known_on_n", "known_on", "n"),
    Index("ix_claims_stance_n", "stance", "n"),
)
"""``act`` is what tells claims of one kind apart: an event's type, a figure's outcome, a ceasefire's
state, a position's act."""

figures = Table(
    "figures",
    metadata,
    Column("claim", ForeignKey("claims.n"), primary_key=True, autoincrement=False),
    _posting(),
    Column("reading", ForeignKey("readings.n"), nullable=False),
    Column("document", ForeignKey("documents.n"), nullable=False),
    Column("id", ID, nullable=False),
    Column("document_id", ID, nullable=False),
    Column("side", EscapedText, nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("category", String(12), nullable=False),
    Column("subgroup", EscapedText),
    Column("reporters", EscapedText, nullable=False),
    Column("relation", String(12), nullable=False),
    Column("measure", String(12), nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    Column("qualifier", String(12), nullable=False),
    Column("background", Boolean, nullable=False),
    Column("is_part", Boolean, nullable=False),
    Column("first_day", DAY),
    Column("last_day", DAY),
    Column("place", EscapedText),
    Column("known_on", DAY, nullable=False),
    Column("quote", EscapedText, nullable=False),
    Index("ix_figures_series", "side", "outcome", "category", "known_on"),
    Index("ix_figures_measure", "side", "outcome", "category", "measure", "known_on"),
    Index("ix_figures_reporters", "reporters", "known_on"),
)
"""What a casualty claim says, column by column: a series is read from here alone, without unpacking."""

incidents = Table(
    "incidents",
    metadata,
    _number(),
    _posting(),
    Column("id", ID, nullable=False, unique=True),
    Column("kind", String(12), nullable=False),
)

incident_states = Table(
    "incident_states",
    metadata,
    _number(),
    _posting(),
    Column("incident", ForeignKey("incidents.n"), nullable=False),
    Column("merged_into", ForeignKey("incidents.n")),
    Column("is_open", Boolean, nullable=False),
    Column("label", EscapedText, nullable=False),
    Column("first_day", DAY),
    Column("last_day", DAY),
    Column("known_on", DAY, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("body", EscapedText, nullable=False),
    Index("ix_incident_states_incident_n", "incident", "n"),
)
"""An incident as it stood after a posting; the latest row is its present state. The days are those of
which its claims speak, ``known_on`` the first day on which one of them was known."""

incident_members = Table(
    "incident_members",
    metadata,
    _number(),
    _posting(),
    Column("incident", ForeignKey("incidents.n"), nullable=False),
    Column("member", ID, nullable=False),
    Column("joined", Boolean, nullable=False),
    Index("ix_incident_members_incident_member_n", "incident", "member", "n"),
    Index("ix_incident_members_member_n", "member", "n"),
)
"""Claims and attributions joining and leaving incidents; of each pair the latest row holds."""

findings = Table(
    "findings",
    metadata,
    _number(),
    _posting(),
    Column("state", ForeignKey("incident_states.n"), nullable=False, index=True),
    Column("id", ID, nullable=False, index=True),
    Column("slot", String(16), nullable=False),
    Column("status", String(24), nullable=False),
    Column("proposition", EscapedText, nullable=False),
    Column("body", EscapedText, nullable=False),
    Index("ix_findings_status_state", "status", "state"),
)

judgements = Table(
    "judgements",
    metadata,
    _number(),
    _posting(),
    Column("id", ID, nullable=False, index=True),
    Column("subject", ID, nullable=False, index=True),
    Column("other", ID, index=True),
    Column("verdict", String(16), nullable=False),
    Column("takes_back", ForeignKey("judgements.n")),
    Column("body", EscapedText, nullable=False),
)

problems = Table(
    "problems",
    metadata,
    _number(),
    _posting(),
    Column("source", EscapedText, nullable=False),
    Column("reading", ForeignKey("readings.n"), index=True),
    Column("code", String(32), nullable=False, index=True),
    Column("body", EscapedText, nullable=False),
)

witnesses = Table(
    "witnesses",
    metadata,
    _number(),
    _posting(),
    Column("name", String(16), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("digest", SHA256, nullable=False),
    Index("ix_witnesses_name_n", "name", "n"),
)
"""What a posting found and made beside the sealed tables: the head of the accounts' and the audit log's chains
(their last row's number and seal), and the digest of the rows that it added to an index that only it could make."""

imports = Table(
    "imports",
    metadata,
    _number(),
    _posting(),
    Column("id", ID, nullable=False, index=True),
    Column("format", EscapedText, nullable=False),
    Column("file", EscapedText, nullable=False),
    Column("sha256", SHA256, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("withdraws", ForeignKey("imports.n")),
    Column("body", EscapedText, nullable=False),
)
"""Files of other data sets taken in; a further row of the same id takes one back."""

import_claims = Table(
    "import_claims",
    metadata,
    _number(),
    _posting(),
    Column("import", ForeignKey("imports.n"), nullable=False, index=True),
    Column("id", ID, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("first_day", DAY),
    Column("last_day", DAY),
    Column("place", EscapedText),
    Column("body", EscapedText, nullable=False),
    Index("ix_import_claims_kind_first_day", "kind", "first_day"),
)
"""Their rows. Nothing that links, counts or assesses reads this table."""

SEALED: tuple[Table, ...] = (
    documents,
    sightings,
    signatures,
    readings,
    attributions,
    claims,
    figures,
    incidents,
    incident_states,
    incident_members,
    findings,
    judgements,
    problems,
    witnesses,
    imports,
    import_claims,
    withdrawals,
    erasures,
    erased,
    projects,
    document_projects,
)
"""Tables whose rows the chain of postings seals, in the order in which they are hashed."""

claim_parties = Table(
    "claim_parties",
    metadata,
    Column("root", EscapedText, primary_key=True),
    Column("claim", ForeignKey("claims.n"), primary_key=True, autoincrement=False, index=True),
    Column("role", String(12), primary_key=True),
    sqlite_with_rowid=False,
)
"""Which parties have which role in a claim: an index, made again from the claims when it is lost."""

state_parties = Table(
    "state_parties",
    metadata,
    Column("root", EscapedText, primary_key=True),
    Column(
        "state", ForeignKey("incident_states.n"), primary_key=True, autoincrement=False, index=True
    ),
    sqlite_with_rowid=False,
)
"""Which parties an incident's claims name."""

claim_keys = Table(
    "claim_keys",
    metadata,
    Column("key", EscapedText, primary_key=True),
    Column("claim", ForeignKey("claims.n"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""By which keys a claim is found when a new document is linked: an index, made by linking."""

feeds = Table(
    "feeds",
    metadata,
    Column("address", EscapedText, primary_key=True),
    Column("etag", EscapedText),
    Column("modified", EscapedText),
    Column("polled_at", AT),
    Column("next_at", AT),
    Column("failures", Integer, nullable=False, default=0),
)
"""What ``watch`` must remember of a feed to ask politely. A notepad: not part of the record."""

outbox = Table(
    "outbox",
    metadata,
    Column("key", SHA256, primary_key=True),
    Column("channel", EscapedText, primary_key=True),
    Column("rule", EscapedText, nullable=False),
    Column("base", EscapedText, nullable=False),
    Column("day", DAY, nullable=False),
    Column("batch", SHA256, nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("made_at", AT, nullable=False),
    Column("due_at", AT, nullable=False),
    Column("done_at", AT),
    Column("body", EscapedText, nullable=False),
    Index("ix_outbox_rule_base", "rule", "base"),
    Index("ix_outbox_state_due_at", "state", "due_at"),
)
"""What is to be told to whom, and what was told: nothing twice. A notepad: it is written over."""

bookmarks = Table(
    "bookmarks",
    metadata,
    Column("name", EscapedText, primary_key=True),
    Column("at", AT, nullable=False),
)
"""Up to when what was recorded has been gone through, by whom."""

visits = Table(
    "visits",
    metadata,
    Column("address", EscapedText, primary_key=True),
    Column("feed", EscapedText, nullable=False),
    Column("etag", EscapedText),
    Column("modified", EscapedText),
    Column("first_at", AT, nullable=False),
    Column("next_at", AT),
    Column("visits", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("body", EscapedText, nullable=False),
    Index("ix_visits_next_at", "next_at"),
)
"""When ``watch`` looks at a report's address again, and what its server said last. A notepad."""

accounts = Table(
    "accounts",
    metadata,
    _number(),
    Column("at", AT, nullable=False),
    Column("name", EscapedText, nullable=False),
    Column("role", String(8), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("secret", Text, nullable=False),
    Column("signed", EscapedText, nullable=False),
    Column("must_change", Boolean, nullable=False, server_default=false()),
    Column("factor", Text),
    Column("seal", SHA256),
    Index("ix_accounts_name_n", "name", "n"),
)
"""Who may use a shared workbench: each change is a further row, sealed with the one before; the latest of a name holds."""

tickets = Table(
    "tickets",
    metadata,
    Column("token", SHA256, primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("name", EscapedText, nullable=False),
    Column("role", String(8), nullable=False),
    Column("path", EscapedText, nullable=False),
    Column("signed", EscapedText, nullable=False),
    Column("began_at", AT, nullable=False),
    Column("ends_at", AT, nullable=False),
)
"""Links that let somebody in for a while, by the hash of a token. A notepad: it is never copied."""

sessions = Table(
    "sessions",
    metadata,
    Column("token", SHA256, primary_key=True),
    Column("account", ForeignKey("accounts.n"), nullable=False, index=True),
    Column("name", EscapedText, nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("label", EscapedText, nullable=False),
    Column("began_at", AT, nullable=False),
    Column("ends_at", AT, nullable=False),
    Column("scope", Text),
)
"""Who is logged in, by the hash of a token. A notepad: it is never copied."""

audit = Table(
    "audit",
    metadata,
    _number(),
    Column("at", AT, nullable=False),
    Column("name", EscapedText, nullable=False),
    Column("action", EscapedText, nullable=False),
    Column("subject", EscapedText, nullable=False),
    Column("outcome", EscapedText, nullable=False),
    Column("origin", EscapedText, nullable=False),
    Column("seal", SHA256, nullable=False),
)
"""What was done and tried at the workbench. Rows are only added; each is sealed with the one before."""

heads = Table(
    "heads",
    metadata,
    Column("chain", String(16), primary_key=True),
    Column("n", Integer, nullable=False),
    Column("seal", SHA256, nullable=False),
)
"""The last row of ``accounts`` and of ``audit``: without it nobody would miss rows cut off the end."""

NOTEPADS: tuple[Table, ...] = (feeds, visits, outbox, bookmarks, sessions, tickets)
"""Tables that are written over: they are no part of the record, and what is in them cannot be proved."""
