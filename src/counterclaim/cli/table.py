"""The table view: a reading for people at a terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from counterclaim.cli.table_widths import fit
from counterclaim.records.grades import NOT_COUNTED
from counterclaim.service.report_view import IncidentBlock, ReportView, SlotRow
from counterclaim.tell.words import flag_words

STATUS_STYLES = {
    "agreed by both": "bold green",
    "admitted": "green",
    "self reported": "green",
    "contested": "bold red",
    "denied": "red",
    "undisclosed": "yellow",
    "unattributed": "dim",
}
"""Colours repeat what the words say; none carries meaning alone."""


def show_sheet(console: Console, sheet: ReportView) -> None:
    """Print a sheet: positions side by side, casualties, ceasefires, demands, withheld, problems."""
    console.print()
    console.print(Text(sheet.title, style="bold"))
    console.print(Text(sheet.source, style="dim"))
    if sheet.sides:
        console.print(Text(f"sides: {sheet.sides}", style="dim"))
    console.print(Text(sheet.cut, style="dim"))
    _speech(console, sheet)
    _sides(console, sheet)
    _casualties(console, sheet)
    _ceasefires(console, sheet)
    _positions(console, sheet)
    _lands(console, sheet)
    _lists(console, sheet)


def _table(title: str, *columns: str) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        show_lines=False,
        pad_edge=False,
        box=None,
        padding=(0, 1),
        header_style="dim",
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print(console: Console, table: Table) -> None:
    """Print a table in which no column is narrower than its longest word, within reason."""
    fit(console, table, 16)
    console.print(table)


def _speech(console: Console, sheet: ReportView) -> None:
    if not sheet.speech:
        return
    table = _table("\nWho says what", "speaker", "", "words")
    table.columns[0].max_width = 28
    table.columns[1].max_width = 22
    table.columns[2].ratio = 1
    for row in sheet.speech:
        verb = row.verb + (f" ({row.targets})" if row.targets else "")
        speaker = row.speaker + (f", through {row.via}" if row.via else "")
        table.add_row(escape(speaker), escape(verb), escape(row.words))
    _print(console, table)


def _sides(console: Console, sheet: ReportView) -> None:
    blocks = [block for block in sheet.incidents if block.kind == "event"]
    if not blocks:
        return
    alone = [block for block in blocks if len(block.parties) < 2]
    if len(alone) < len(blocks):
        console.print(Text("\nPositions side by side", style="bold"))
    for block in blocks:
        if block not in alone:
            _block(console, block)
    if alone:
        table = _table("\nTold by one source", "what", "by", "status")
        table.columns[1].ratio = 1
        for block in alone:
            for row in block.rows:
                if row.cells:
                    said = "; ".join(f"{cell.party} {cell.words}" for cell in row.cells)
                    table.add_row(escape(row.proposition), escape(said), _status(row))
        _print(console, table)


def _block(console: Console, block: IncidentBlock) -> None:
    table = _table("", "", *map(escape, block.parties), "status")
    for column in table.columns:
        column.ratio = 3
    table.columns[-1].ratio = 2
    for row in block.rows:
        if row.slot == "border":
            continue
        cells = [
            "\n".join(escape(cell.words) for cell in row.cells if cell.party == party)
            for party in block.parties
        ]
        table.add_row(f"[bold]{escape(row.proposition)}[/bold]", *cells, _status(row))
    _print(console, table)
    for row in block.rows:
        if row.slot == "border":
            console.print(Text(f"{row.proposition} ({row.reason.rstrip('.')})", style="dim"))


def _status(row: SlotRow) -> Text:
    text = Text(f"{row.status} (rule {row.rule})", style=STATUS_STYLES.get(row.status, ""))
    flags = [flag for flag in row.flags if not flag.startswith("also ")]
    if flags:
        text.append(f"\n{'; '.join(map(flag_words, flags))}", style="dim")
    return text


def _casualties(console: Console, sheet: ReportView) -> None:
    if not sheet.figures:
        return
    table = _table(
        "\nCasualties", "whose loss", "who", "harm", "number", "scope", "day", "reported by"
    )
    for row in sheet.figures:
        style = "dim italic" if row.derivation else ""
        reporter = row.reporter + (f": {row.derivation}" if row.derivation else "")
        reporter += " (about its opponent)" if row.relation == "enemy" else ""
        guessed = "side_inferred" in row.flags and NOT_COUNTED not in row.side
        side = row.side + (" (inferred)" if guessed else "")
        table.add_row(
            escape(side),
            escape(row.group),
            escape(row.outcome),
            Text(row.number, style=style or "bold"),
            escape(row.measure),
            escape(row.day),
            escape(reporter),
            style=style,
        )
    _print(console, table)
    for total in sheet.totals:
        console.print(Text(f"total {total}", style="bold"))
    for block in sheet.incidents:
        if block.kind == "casualty":
            for slot in block.rows:
                words = f"  {slot.status} (rule {slot.rule}): {slot.proposition}; {slot.reason}"
                console.print(Text(words, style="dim"))


def _ceasefires(console: Console, sheet: ReportView) -> None:
    if not sheet.ceasefires:
        return
    table = _table("\nCeasefires", "state", "between", "brokered by", "when", "terms", "told by")
    for row in sheet.ceasefires:
        table.add_row(
            row.status,
            escape(row.parties),
            escape(row.broker),
            escape(row.effective),
            escape(row.terms),
            escape(row.told_by),
        )
    _print(console, table)


def _positions(console: Console, sheet: ReportView) -> None:
    if not sheet.positions:
        return
    table = _table("\nDemands, offers and backing", "party", "act", "to", "words")
    for row in sheet.positions:
        table.add_row(escape(row.holder), row.act, escape(row.addressee), escape(row.words))
    _print(console, table)


def _lands(console: Console, sheet: ReportView) -> None:
    if not sheet.lands:
        return
    table = _table("\nWhose land", "words", "agree", "because")
    table.columns[2].ratio = 1
    for row in sheet.lands:
        table.add_row(escape(row.words), row.agreement, escape(row.reason))
    _print(console, table)


def _beside(console: Console, sheet: ReportView) -> None:
    """Print what can be checked in comments, beside the rows of this report that speak of the same."""
    for comment in sheet.comments:
        for part in comment.beside:
            console.print(
                Text(f"  {comment.number}: “{part.words}”: {part.finding} in this report")
            )
            for match in part.rows:
                why = ", ".join(match.reasons)
                console.print(Text(f"     {match.row.quote} ({why})"), style="dim")


def _lists(console: Console, sheet: ReportView) -> None:
    if sheet.withheld:
        console.print(Text("\nWithheld", style="bold"))
        for row in sheet.withheld:
            console.print(Text(f"  {row.owner}: {row.words}"))
    if sheet.comments:
        console.print(Text("\nReader thread (never a source)", style="bold"))
        counts: dict[str, int] = {}
        for comment in sheet.comments:
            for kind in comment.types.split(", "):
                counts[kind] = counts.get(kind, 0) + 1
        told = ", ".join(
            f"{number} {kind}"
            for kind, number in sorted(counts.items(), key=lambda item: -item[1])
            if kind
        )
        console.print(Text(f"  {len(sheet.comments)} comments: {told}"))
        _beside(console, sheet)
    if sheet.problems:
        console.print(Text("\nProblems", style="bold"))
        for code, message, _ in sheet.problems:
            console.print(Text(f"  {code}: {message}"))
