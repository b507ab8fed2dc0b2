"""No word of a report, name or file commands a terminal, whichever way it comes to the screen."""

import ast
import io
from contextlib import nullcontext
from pathlib import Path

import pytest
from rich.table import Table
from rich.text import Text
from typer.testing import CliRunner

import counterclaim.cli
from counterclaim.cli import saying
from counterclaim.cli.app import app
from counterclaim.cli.rows import print_rows, show_rows
from counterclaim.errors import CounterclaimError
from counterclaim.ledger import open_ledger
from counterclaim.records.shown import COMMANDS, shown
from counterclaim.service.feed_watcher import Seen

HOSTILE = ("\x1b[31mAda", "a\x9b31mb", "x\u202ey", "a\rb\x00", "\x1b]0;title\x07", "\u2066z")


class Terminal(io.StringIO):
    """A screen that keeps what it was sent."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("format_", ["table", "json", "jsonl", "csv"])
def test_cli_rows_command_no_terminal(
    monkeypatch: pytest.MonkeyPatch, words: str, format_: str
) -> None:
    monkeypatch.setattr("sys.stdout", Terminal())
    show_rows([{"id": words, "words": words}], ("id", "words"), format_, None, none="")
    sent = saying.sys.stdout.getvalue()  # type: ignore[attr-defined]
    assert not set(COMMANDS.findall(words)) & set(sent) - {"\x1b"}
    assert "\x1b[31m" not in sent
    assert "\x1b]0" not in sent


@pytest.mark.parametrize("words", HOSTILE)
def test_cli_sayings_command_no_terminal(capsys: pytest.CaptureFixture[str], words: str) -> None:
    saying.say(words)
    saying.say(words, err=True)
    told = capsys.readouterr()
    assert COMMANDS.search(told.out + told.err) is None


def test_cli_console_keeps_its_own_styles() -> None:
    sent = Terminal()
    console = saying.make_console(file=sent, force_terminal=True, color_system="standard")
    table = Table("name")
    table.add_row(Text("\x1b[31mAda", style="bold"))
    console.print(table)
    assert "\x1b[1m�[31mAda" in sent.getvalue()


def test_cli_rows_for_a_program_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", io.StringIO())
    show_rows([{"words": "x\u202ey"}], ("words",), "jsonl", None, none="")
    assert "x\u202ey" in saying.sys.stdout.getvalue()  # type: ignore[attr-defined]


def test_cli_table_in_a_file_commands_nothing() -> None:
    stream = io.StringIO()
    print_rows([{"words": "\x1b[31mAda"}], ("words",), stream, none="")
    assert "\x1b" not in stream.getvalue()


def test_shown_keeps_the_length_and_what_is_harmless() -> None:
    words = "Əli’s\tvillage\n– “no” ‍ a"
    assert shown(words) == words
    assert len(shown("".join(HOSTILE))) == len("".join(HOSTILE))


def test_cli_has_no_other_way_to_the_screen() -> None:
    """Whatever writes to the screen makes its words harmless first, or writes fixed ones."""
    folder = Path(counterclaim.cli.__file__).parent
    wrong = [
        f"{path.name}:{node.lineno}"
        for path in folder.glob("*.py")
        if path.name != "saying.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _is_bare(node)
    ]
    assert wrong == []


def _is_bare(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    if name in {"typer.echo", "print", "Console", "click.echo"}:
        return not any(word.arg == "stderr" for word in call.keywords)
    if name not in {"sys.stdout.write", "sys.stderr.write"}:
        return False
    (words,) = call.args
    return not isinstance(words, ast.Constant) and "shown(" not in ast.unparse(words)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("incidents", "--kind", "evnt"), "ceasefire"),
        (("incidents", "--status", "settled"), "contested"),
        (("claims", "--kind", "evnt"), "ceasefire"),
        (("incidents", "--party", "Nowhereland"), "Nowhereland"),
    ],
)
def test_cli_wrong_filters_are_errors_that_name_the_right_ones(
    tmp_path: Path, arguments: tuple[str, ...], named: str
) -> None:
    path = tmp_path / "kept.db"
    open_ledger(str(path), create=True).close()
    done = CliRunner().invoke(app, [*arguments, "-l", str(path)])
    assert isinstance(done.exception, CounterclaimError)
    assert named in str(done.exception)


@pytest.mark.parametrize(("is_problem", "code"), [(True, 2), (False, 0)])
def test_cli_watch_once_says_by_its_code_that_a_feed_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_problem: bool, code: int
) -> None:
    path, feeds = tmp_path / "kept.db", tmp_path / "feeds.toml"
    open_ledger(str(path), create=True).close()
    feeds.write_text('[[feeds]]\naddress = "https://news.example/rss"\n', "utf-8")
    seen = (Seen("https://news.example/rss", "it cannot be read", is_problem=is_problem),)
    monkeypatch.setattr("counterclaim.service.feed_watcher.FeedWatcher.once", lambda _: iter(seen))
    monkeypatch.setattr("counterclaim.cli.add.lent_reader", lambda *_: nullcontext(None))
    assert (
        CliRunner().invoke(app, ["watch", str(feeds), "--once", "-l", str(path)]).exit_code == code
    )
