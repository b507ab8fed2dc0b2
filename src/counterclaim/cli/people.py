"""Commands about the people of a shared workbench: add, list, role, password, close, open, token, audit."""

import sys
from typing import Annotated

import typer

from counterclaim.cli.options import (
    FormatOption,
    LedgerOption,
    LimitOption,
    OutputOption,
    UsageError,
)
from counterclaim.cli.saying import say

BY = "command line"

app = typer.Typer(
    help="Manage the accounts of a shared workbench (serve --team).", no_args_is_help=True
)

NameArgument = Annotated[str, typer.Argument(help="Name of the account.")]
RoleOption = Annotated[str, typer.Option("--role", help="reader, analyst or admin.")]
StdinOption = Annotated[
    bool,
    typer.Option("--password-stdin", help="Read the password from standard input, one line."),
]


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="people")


def _password(name: str, *, stdin: bool) -> str:
    """Ask for a password twice, without showing it; or read one line."""
    if stdin:
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise UsageError("no password came on standard input")
        return line
    if not sys.stdin.isatty():
        raise UsageError("no terminal to ask for a password: give it with --password-stdin")
    asked: str = typer.prompt(
        f"Password for {name}", hide_input=True, confirmation_prompt=True, err=True
    )
    return asked


@app.command()
def add(
    name: NameArgument,
    role: RoleOption,
    stdin: StdinOption = False,
    ledger: LedgerOption = None,
) -> None:
    """Open an account. The password is asked for, or read from standard input; there is no default."""
    from counterclaim.cli.options import open_kept  # noqa: PLC0415 - keeps --help instant

    with open_kept(ledger) as kept:
        card = kept.people.add(name, role, _password(name, stdin=stdin), by=BY)
        kept.people.note("", "account: add", name, card.role, BY)
    say(f"{card.name} is {card.role} now")


@app.command("list")
def list_(
    format_: FormatOption = "table", output: OutputOption = None, ledger: LedgerOption = None
) -> None:
    """List the accounts as they stand."""
    from counterclaim.cli.options import open_kept  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.rows import check_format, show_rows  # noqa: PLC0415

    check_format(format_)
    with open_kept(ledger) as kept:
        rows = [
            {
                "name": card.name,
                "role": card.role,
                "open": card.is_open,
                "changed_at": card.changed_at.isoformat(),
                "changed_by": card.changed_by,
            }
            for card in kept.people.accounts()
        ]
    columns = ("name", "role", "open", "changed_at", "changed_by")
    none = "no account; add one with: counterclaim people add NAME --role ROLE"
    show_rows(rows, columns, format_, output, none=none)


@app.command()
def role(name: NameArgument, role: RoleOption, ledger: LedgerOption = None) -> None:
    """Change somebody's role; their sessions end."""
    from counterclaim.cli.options import open_kept  # noqa: PLC0415 - keeps --help instant

    with open_kept(ledger) as kept:
        card = kept.people.change(name, role=role, by=BY)
        kept.people.note("", "account: role", name, card.role, BY)
    say(f"{card.name} is {card.role} now")


@app.command()
def password(name: NameArgument, stdin: StdinOption = False, ledger: LedgerOption = None) -> None:
    """Set a new password; their sessions end."""
    from counterclaim.cli.options import open_kept  # noqa: PLC0415 - keeps --help instant

    with open_kept(ledger) as kept:
        kept.people.change(name, password=_password(name, stdin=stdin), by=BY)
        kept.people.note("", "account: password", name, "done", BY)
    say(f"{name} has a new password")


@app.command("close")
def close(name: NameArgument, ledger: LedgerOption = None) -> None:
    """Close an account: nobody logs in with it. What its owner judged stays under their name."""
    _set_open(name, ledger, is_open=False)


@app.command("open")
def open_(name: NameArgument, ledger: LedgerOption = None) -> None:
    """Open a closed account again."""
    _set_open(name, ledger, is_open=True)


def _set_open(name: str, ledger: str | None, *, is_open: bool) -> None:
    from counterclaim.cli.options import open_kept  # noqa: PLC0415 - keeps --help instant

    act = "open" if is_open else "close"
    with open_kept(ledger) as kept:
        kept.people.change(name, is_open=is_open, by=BY)
        kept.people.note("", f"account: {act}", name, "done", BY)
    say(f"{name} is {'open' if is_open else 'closed'} now")


@app.command()
def token(
    name: NameArgument,
    days: Annotated[int, typer.Option(min=1, max=366, help="How long it is valid.")] = 30,
    label: Annotated[str, typer.Option(help="What it is for.")] = "",
    scope: Annotated[
        str, typer.Option(help="What it may do: read, judge, add, or all that the person may.")
    ] = "all",
    ledger: LedgerOption = None,
) -> None:
    """Make a token with which a program uses the API as somebody. It is shown this once."""
    from datetime import timedelta  # noqa: PLC0415 - keeps --help instant

    from counterclaim.cli.options import open_kept  # noqa: PLC0415

    with open_kept(ledger) as kept:
        opened = kept.people.make_token(name, timedelta(days=days), label, scope)
        kept.people.note("", "token", name, label or "made", BY)
    say(opened.token)
    say(f"holds until {opened.ends_at:%Y-%m-%d}, or until the account changes", err=True)


@app.command()
def audit(
    limit: LimitOption = 50,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show what was done and tried at the workbench, the latest first."""
    from counterclaim.cli.options import open_kept  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.rows import check_format, show_rows  # noqa: PLC0415

    check_format(format_)
    with open_kept(ledger) as kept:
        rows = [
            {
                "at": row.at.isoformat(timespec="seconds"),
                "name": row.name,
                "action": row.action,
                "subject": row.subject,
                "outcome": row.outcome,
                "origin": row.origin,
            }
            for row in kept.people.audit(limit=limit).rows
        ]
    columns = ("at", "name", "action", "subject", "outcome", "origin")
    show_rows(rows, columns, format_, output, none="nothing yet")
