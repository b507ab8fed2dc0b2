"""Commands that tell people what is new: alerts check, send, dry-run."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from counterclaim.cli.options import FormatOption, LedgerOption, OutputOption, UsageError
from counterclaim.cli.saying import say

RulesOption = Annotated[Path, typer.Option("--rules", help="The YAML file of rules and channels.")]
SecretsOption = Annotated[
    Path | None,
    typer.Option(
        "--secrets", help="A file of NAME=value lines that only you may read (chmod 600)."
    ),
]
BackOption = Annotated[
    str | None, typer.Option("--since", help="How far back: 7d, 48h, or a day as 2020-10-14.")
]

ProjectOption = Annotated[
    str | None,
    typer.Option(
        "--project", metavar="NAME", help="Rules that name no project of their own watch this one."
    ),
]

commands = typer.Typer(
    help="Send alerts on what is new: by mail, webhook, feed or file.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(commands, name="alerts")


@commands.command()
def check(
    rules: RulesOption = Path("alerts.yaml"),
    secrets: SecretsOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Read the rules, say what each does, and whether every secret is set; list what was given up."""
    from counterclaim.alerts.rules import SECRET, Secrets, read_setup  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import open_kept  # noqa: PLC0415

    setup = read_setup(rules)
    known = Secrets(secrets)
    for channel in setup.channels.values():
        for value in (*(channel.given.get(name) for name in SECRET), channel.given.get("address")):
            if value is not None:
                known.get(f"channel {channel.name}", value)
        say(f"channel {channel.name}: {channel.kind}")
    for rule in setup.rules:
        about = ", ".join(f"{name} {value}" for name, value in rule.about.items())
        of = "" if rule.project is None else f" of {rule.project}"
        to = ", ".join(rule.to) or "its feed alone"
        say(
            f"rule {rule.name}: {rule.kind}{f' ({about})' if about else ''}{of}, {rule.send}, to {to}"
        )
    with open_kept(ledger) as kept:
        for name in sorted({rule.project for rule in setup.rules if rule.project is not None}):
            kept.projects.check(name)
        lost = kept.outbox.listed(states=("failed",))
    for item in lost:
        say(f"given up: {item.channel}: {item.matter.headline}", err=True)
    if lost:
        raise typer.Exit(1)


@commands.command()
def send(
    rules: RulesOption = Path("alerts.yaml"),
    secrets: SecretsOption = None,
    since: BackOption = None,
    project: ProjectOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Find what is new, send what is due, retry what failed. Run it as often as you like."""
    from counterclaim.alerts.rules import Secrets, of_project, read_setup  # noqa: PLC0415 - keeps --help instant
    from counterclaim.alerts.running import collect, deliver  # noqa: PLC0415
    from counterclaim.cli.options import open_kept  # noqa: PLC0415

    setup = of_project(read_setup(rules), project)
    known = Secrets(secrets)
    now = datetime.now(UTC)
    with open_kept(ledger) as kept:
        outcome = collect(kept, setup, now, None if since is None else _back(since, now))
        deliver(kept, setup, known, now, outcome)
    for name in outcome.begun:
        if since is None:
            say(f"rule {name!r} begins now: what is recorded from here on is told", err=True)
    dropped = (
        f", {outcome.dropped} dropped: their reports do not stand any more"
        if outcome.dropped
        else ""
    )
    say(f"{outcome.found} new, {outcome.sent} sent{dropped}")
    for words in outcome.failed:
        say(f"counterclaim: {words}", err=True)
    if outcome.failed:
        raise typer.Exit(1)


@commands.command("dry-run")
def dry_run(
    rules: RulesOption = Path("alerts.yaml"),
    since: BackOption = "7d",
    project: ProjectOption = None,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show what the rules would have sent; nothing is sent or stored."""
    from counterclaim.alerts.messages import row_of  # noqa: PLC0415 - keeps --help instant
    from counterclaim.alerts.rules import of_project, read_setup  # noqa: PLC0415
    from counterclaim.alerts.running import dry_run as run  # noqa: PLC0415
    from counterclaim.cli.options import open_kept  # noqa: PLC0415
    from counterclaim.cli.rows import check_format, show_rows  # noqa: PLC0415

    check_format(format_)
    setup = of_project(read_setup(rules), project)
    start = _back(since or "7d", datetime.now(UTC))
    with open_kept(ledger) as kept:
        rows = [row_of(matter, setup.site) for _, matter in run(kept, setup, start)]
    columns = ("recorded_at", "rule", "told", "words", "outlet")
    show_rows(rows, columns, format_, output, none="nothing would have been told")


def _back(words: str, now: datetime) -> datetime:
    from counterclaim.alerts.rules import read_back  # noqa: PLC0415 - keeps --help instant

    found = read_back(words, now)
    if found is None:
        msg = f"--since {words!r} is not understood: write 7d, 48h, or a day as 2020-10-14"
        raise UsageError(msg)
    return found
