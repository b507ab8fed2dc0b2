"""Says things on the screen: whatever a report, a name or a file is called, no screen is commanded by it."""

import sys
from collections.abc import Iterable
from typing import Any, TextIO

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.segment import Segment

from counterclaim.records.shown import shown


def say(words: str, *, err: bool = False) -> None:
    """Write a line to the screen, or to the other stream."""
    stream = sys.stderr if err else sys.stdout
    stream.write(f"{shown(words)}\n")
    stream.flush()


def say_aside(words: str) -> None:
    """Write a line to the other stream: what a person should know, and no program should read."""
    say(words, err=True)


class _Screen:
    """A stream to a screen: what is written is shown, and commands nothing."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, words: str) -> int:
        return self._stream.write(shown(words))

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def screen() -> TextIO:
    """Return standard output: as it is where it leads to a file or a program, and made harmless where to a screen."""
    harmless: Any = _Screen(sys.stdout)
    return harmless if sys.stdout.isatty() else sys.stdout


class _Harmless:
    """Something to be printed, with no command in its words."""

    def __init__(self, inner: ConsoleRenderable) -> None:
        self._inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._inner, options):
            yield segment if segment.control else Segment(shown(segment.text), segment.style)


class _Hook(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Harmless(item) for item in renderables]


def make_console(**options: Any) -> Console:
    """Return a console of rich's that prints words and takes no commands from them; options are its own."""
    console = Console(**options)
    console.push_render_hook(_Hook())
    return console
