"""The command that opens the workbench in the browser."""

from typing import Annotated

import typer

from counterclaim.cli.options import LedgerOption
from counterclaim.cli.saying import say
from counterclaim.cli.second import (
    CallsOption,
    FreshOption,
    KeyFileOption,
    ModelOption,
    PolicyOption,
    SecondOption,
    TokensOption,
    settings_asked,
)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(serve)


def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; this machine only, unless --team.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    team: Annotated[
        bool, typer.Option("--team", help="With accounts, roles and an audit log.")
    ] = False,
    https: Annotated[
        bool,
        typer.Option("--https", help="People reach it over TLS, which a proxy before it ends."),
    ] = False,
    site: Annotated[
        list[str] | None,
        typer.Option("--site", help="Name under which a team reaches it; others are refused."),
    ] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option(
            "--cors",
            metavar="ORIGIN",
            help="Site whose pages may ask the API: https://desk.example.",
        ),
    ] = None,
    proxy: Annotated[
        str | None,
        typer.Option(
            "--proxy",
            metavar="ADDRESS",
            help="The proxy's network address: its X-Forwarded-For is then believed.",
        ),
    ] = None,
    name: Annotated[
        str, typer.Option("--name", help="Under which you judge, where there are no accounts.")
    ] = "local",
    project: Annotated[
        str | None,
        typer.Option(
            "--project",
            metavar="NAME",
            help="Show this project where no other is chosen; its readers may choose another.",
        ),
    ] = None,
    second_reader: SecondOption = None,
    model: ModelOption = None,
    policy: PolicyOption = None,
    most_calls: CallsOption = None,
    most_tokens: TokensOption = None,
    key_file: KeyFileOption = None,
    fresh: FreshOption = False,
    ledger: LedgerOption = None,
) -> None:
    """Open the ledger in the browser: pages, charts, map, and adding reports."""
    from counterclaim.ledger.database_url import find_address  # noqa: PLC0415 - keeps --help instant
    from counterclaim.publish.sheet import SHEETS  # noqa: PLC0415
    from counterclaim.serve.server import run  # noqa: PLC0415
    from counterclaim.serve.settings import Settings  # noqa: PLC0415

    second = settings_asked(
        second_reader,
        model,
        policy=policy,
        calls=most_calls,
        tokens=most_tokens,
        key_file=key_file,
        fresh=fresh,
    )
    if second is not None:
        say(second.sending, err=True)
    settings = Settings(
        ledger=find_address(ledger),
        team=team,
        host=host,
        port=port,
        https=https,
        sites=tuple(site or ()),
        proxy=proxy,
        cors=tuple(cors or ()),
        person=name,
        project=project,
        second_reader=second,
    )
    run(
        settings,
        told=lambda address: say(f"the workbench is at {address}; Ctrl+C ends it"),
        sheets=SHEETS,
    )
