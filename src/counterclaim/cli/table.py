"""The table view: a reading for people at a terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from counterclaim.desk.sheet import IncidentBlock, Sheet

STATUS_STYLES = {
    "agreed by both": "bold green",
    "admitted": "green",
    "contested": "bold red",
    "denied": "red",
    "undisclosed": "yellow",
    "unattributed": "dim",
}
"""Colours repeat what the words say; none carries meaning alone."""


def show_sheet(console: Console, sheet: Sheet) -> None:
    """Print a sheet: positions side by side, casualties, ceasefires, demands, withheld, problems."""
    console.print()
    console.print(Text(sheet.title, style="bold"))
    console.print(Text(sheet.source, style="dim"))
    console.print(Text(sheet.cut, style="dim"))
    _speech(console, sheet)
    _sides(console, sheet)
    _casualties(console, sheet)
    _ceasefires(console, sheet)
    _positions(console, sheet)
    _lists(console, sheet)


def _table(title: str, *columns: str) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        show_lines=False,
        pad_edge=False,
        box=None,
        header_style="dim",
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _speech(console: Console, sheet: Sheet) -> None:
    if not sheet.speech:
        return
    table = _table("\nWho says what", "speaker", "", "words", "through")
    for row in sheet.speech:
        verb = row.verb + (f" ({row.targets})" if row.targets else "")
        table.add_row(escape(row.speaker), escape(verb), escape(row.words), escape(row.via))
    console.print(table)


def _sides(console: Console, sheet: Sheet) -> None:
    blocks = [block for block in sheet.incidents if block.kind == "event"]
    if not blocks:
        return
    console.print(Text("\nPositions side by side", style="bold"))
    for block in blocks:
        _block(console, block)


def _block(console: Console, block: IncidentBlock) -> None:
    table = _table("", "slot", *map(escape, block.parties), "status")
    for row in block.rows:
        cells = [
            "\n".join(escape(cell.words) for cell in row.cells if cell.party == party)
            for party in block.parties
        ]
        style = STATUS_STYLES.get(row.status, "")
        status = Text(
            f"{row.status} (rule {row.rule})" if row.slot != "border" else row.reason, style=style
        )
        flags = (
            f"\n[dim]{escape(', '.join(row.flags).replace('_', ' '))}[/dim]" if row.flags else ""
        )
        table.add_row(escape(row.proposition) + flags, *cells, status)
    console.print(table)


def _casualties(console: Console, sheet: Sheet) -> None:
    if not sheet.figures:
        return
    table = _table(
        "\nCasualties", "whose loss", "who", "harm", "number", "scope", "day", "reported by"
    )
    for row in sheet.figures:
        style = "dim italic" if row.derivation else ""
        reporter = row.reporter + (f": {row.derivation}" if row.derivation else "")
        reporter += " (about its opponent)" if row.relation == "enemy" else ""
        side = row.side + (" (inferred)" if "side_inferred" in row.flags else "")
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
    console.print(table)
    for total in sheet.totals:
        console.print(Text(f"total {total}", style="bold"))
    for block in sheet.incidents:
        if block.kind == "casualty":
            for slot in block.rows:
                words = f"  {slot.status} (rule {slot.rule}): {slot.proposition}; {slot.reason}"
                console.print(Text(words, style="dim"))


def _ceasefires(console: Console, sheet: Sheet) -> None:
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
    console.print(table)


def _positions(console: Console, sheet: Sheet) -> None:
    if not sheet.positions:
        return
    table = _table("\nDemands, offers and backing", "party", "act", "to", "words")
    for row in sheet.positions:
        table.add_row(escape(row.holder), row.act, escape(row.addressee), escape(row.words))
    console.print(table)


def _lists(console: Console, sheet: Sheet) -> None:
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
    if sheet.problems:
        console.print(Text("\nProblems", style="bold"))
        for code, message, _ in sheet.problems:
            console.print(Text(f"  {code}: {message}"))
