"""The casualties command: an account of texts and tables, as tables, data or a chart."""

import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from counterclaim.cli.options import UsageError, open_kept
from counterclaim.cli.reading import OutputError, write_whole
from counterclaim.cli.saying import make_console, screen
from counterclaim.cli.table_widths import fit
from counterclaim.errors import CounterclaimError
from counterclaim.export.accounts import ACCOUNT_FORMATS
from counterclaim.records.account import Account, AccountFinding, Point, Series, SourceRange
from counterclaim.records.grades import NOT_COUNTED
from counterclaim.records.query import Known
from counterclaim.records.shown import shown
from counterclaim.service.ledger_account import ledger_account
from counterclaim.service.source_account import collect

MOST_ROWS = 12
"""Figures of one series that the table shows, the last ones; the data formats have all."""

MOST_FINDINGS = 40

COUNTED_BY = {"self": "itself", "enemy": "its enemy", "third": "others"}


def run_casualties(
    sources: list[str],
    maps: list[Path],
    *,
    published: date | None,
    known_on: date | None,
    format_: str,
    output: Path | None,
    chart: Path | None,
    title: str | None,
    every: bool = False,
    project: str | None = None,
    ledger: str | None = None,
) -> None:
    """Read the sources, or the kept ledger where none is given; print the account, draw it where asked.

    Sources that cannot be read are named at the end, and the code is then 2.
    """
    if (sources or maps) and project is not None:
        raise UsageError("--project is of the ledger kept: leave the sources out, or the project")
    if sources or maps:
        collected = collect(sources, maps, published=published)
        account, problems, failed = (
            collected.account(known_on),
            collected.problems,
            collected.failed,
        )
    else:
        with open_kept(ledger) as kept:
            account = ledger_account(
                kept, known=Known(known_on, "published", project), limit=sys.maxsize - 1
            ).account
        problems, failed = (), ()
    if format_ == "table":
        _print(account, problems, output, every=every)
    else:
        _write(ACCOUNT_FORMATS[format_](account), output)
        for problem in problems:
            sys.stderr.write(shown(f"counterclaim: {problem}\n"))
    if chart is not None:
        own = "Casualty account" if project is None else f"Casualty account, project {project}"
        _draw(account, chart, title or own)
    for message in failed:
        sys.stderr.write(shown(f"counterclaim: {message}\n"))
    if failed:
        raise SystemExit(2)


def _draw(account: Account, chart: Path, title: str) -> None:
    from counterclaim.charts import CHART_SUFFIXES, draw_account  # noqa: PLC0415 - only when drawing

    form = chart.suffix.lower()
    if form not in CHART_SUFFIXES:
        msg = f"--chart {chart}: name a file that ends in {', '.join(CHART_SUFFIXES)}"
        raise CounterclaimError(msg)
    drawn = draw_account(account, form, title=title)
    try:
        chart.write_bytes(drawn)
    except OSError as error:
        raise OutputError(chart, error) from error
    sys.stderr.write(shown(f"drew {chart}\n"))


def _write(text: str, output: Path | None) -> None:
    if output is None:
        screen().write(text)
    else:
        write_whole(output, text)


def _print(
    account: Account, problems: tuple[str, ...], output: Path | None, *, every: bool
) -> None:
    if output is None:
        show_account(make_console(highlight=False), account, problems, every=every)
        return
    with make_console(
        width=120, no_color=True, highlight=False, record=True, quiet=True
    ) as console:
        show_account(console, account, problems, every=every)
    write_whole(output, console.export_text())


def show_account(
    console: Console, account: Account, problems: tuple[str, ...] = (), *, every: bool = False
) -> None:
    """Print an account: totals, series, ranges by source, what is withheld, findings, problems."""
    day = "" if account.known_on is None else f", as known on {account.known_on}"
    console.print(Text(f"\nCasualty account{day}", style="bold"))
    if not account.series and not account.withheld:
        console.print(Text("no figures were found"))
    for total in account.totals:
        console.print(Text(f"total {total.outcome}: {total}", style="bold"))
    _running(console, account)
    for series in account.series:
        _series(console, series, every=every)
    _ranges(console, account.ranges)
    _withheld(console, account)
    _findings(console, account.findings, every=every)
    if problems:
        console.print(Text("\nProblems", style="bold"))
        for problem in problems if every else problems[:MOST_FINDINGS]:
            console.print(Text(f"  {problem}"))
        _more(console, len(problems), every=every)


def _table(title: str, *columns: str) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        padding=(0, 1),
        pad_edge=False,
        header_style="dim",
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _show(console: Console, table: Table) -> None:
    """Print a table in which no column is narrower than its longest word, within reason."""
    fit(console, table, 18)
    console.print(table)


def _running(console: Console, account: Account) -> None:
    """Print one line for each series: where it stands."""
    rows = [series for series in account.series if series.running is not None]
    if not rows:
        return
    table = _table(
        "\nWhere each series stands",
        "losses of",
        "who",
        "harm",
        "number",
        "up to",
        "counted by",
        "basis",
    )
    table.columns[3].justify = "right"
    for series in rows:
        table.add_row(
            *map(escape, (_side(series), _group(series), series.outcome)),
            Text(str(series.running), style="bold"),
            str(series.running_day or ""),
            escape(_reporter(series)),
            series.running_basis,
        )
    _show(console, table)


def _side(series: Series) -> str:
    side = " and ".join(party.root for party in series.side) or "side not told"
    return side + (f", {series.scope_name}" if series.scope_name else "")


def _group(series: Series) -> str:
    parts = ["" if series.category == "unknown" else series.category, series.subgroup or ""]
    parts += ["(part of a larger number)"] * series.is_part + [
        "(earlier war)"
    ] * series.is_background
    parts += [f"({NOT_COUNTED})"] * series.is_inferred
    return " ".join(filter(None, parts)) or "all"


def _reporter(series: Series) -> str:
    name = " and ".join(party.root for party in series.reporters) or "nobody named"
    return name if series.line == "self" else f"{name} ({COUNTED_BY[series.line]})"


def _series(console: Console, series: Series, *, every: bool) -> None:
    if len(series.points) < 2:
        return
    since = f", since {series.key.epoch}" if series.key.epoch else ""
    title = f"\n{_side(series)}, {_group(series)}, {series.outcome}, by {_reporter(series)}{since}"
    table = _table(escape(title), "up to", "scope", "number", "", "told", "public from")
    table.columns[2].justify = "right"
    points = series.points if every else series.points[-MOST_ROWS:]
    for point in points:
        style = "" if point.standing == "stands" and not point.is_derived else "dim italic"
        table.add_row(
            str(point.day or "not dated"),
            point.measure,
            str(point.count),
            escape(_note(point)),
            f"{len(point.figure_ids)} times" if len(point.figure_ids) > 1 else "",
            str(point.known or ""),
            style=style,
        )
    if len(points) < len(series.points):
        table.caption = (
            f"{len(series.points) - len(points)} earlier figures: --all, or --format csv"
        )
        table.caption_justify = "left"
    _show(console, table)


def _note(point: Point) -> str:
    if point.derivation:
        return point.derivation
    if point.standing == "superseded":
        return f"superseded on {point.known_to}" if point.known_to else "superseded"
    return "" if point.standing == "stands" else "beside an exact number"


def _ranges(console: Console, ranges: tuple[SourceRange, ...]) -> None:
    for item in ranges:
        best = "" if item.best is None else f", best {item.best:,} ({item.basis})"
        table = _table(
            escape(f"\n{item.label}: {item.count}{best}"), "source", "number", "up to", "counts"
        )
        table.columns[1].justify = "right"
        for source in item.sources:
            name = " and ".join(map(str, source.reporters)) or "nobody named"
            table.add_row(
                escape(name), str(source.count), str(source.day or ""), COUNTED_BY[source.line]
            )
        _show(console, table)


def _withheld(console: Console, account: Account) -> None:
    if account.withheld:
        table = _table("\nNot disclosed", "whose", "from", "to", "words")
        for row in account.withheld:
            table.add_row(
                escape(str(row).replace(" (not disclosed)", "")),
                str(row.start or "not dated"),
                str(row.end or "still"),
                escape(f"“{row.words}”" if row.words else ""),
            )
        _show(console, table)


def _findings(console: Console, findings: tuple[AccountFinding, ...], *, every: bool) -> None:
    if not findings:
        return
    table = _table("\nFindings", "day", "rule", "losses of", "what")
    for item in findings if every else findings[:MOST_FINDINGS]:
        about = (
            ""
            if item.key is None
            else " ".join(
                filter(
                    None, (*(p.root for p in item.key.side), item.key.subgroup, item.key.outcome)
                )
            )
        )
        words = f"{item.words} [{', '.join(item.figure_ids[:4])}]"
        table.add_row(str(item.day or ""), f"{item.rule} {item.turn}", escape(about), escape(words))
    _show(console, table)
    _more(console, len(findings), every=every)


def _more(console: Console, found: int, *, every: bool) -> None:
    if found > MOST_FINDINGS and not every:
        console.print(Text(f"  and {found - MOST_FINDINGS} more: --all shows them", style="dim"))
