"""What can be wrong with a source: each error says what happened, where, and what to do.

Messages are one line, whatever the source is called.
"""

from counterclaim.errors import CounterclaimError

LONGEST_NAME = 120
"""Characters of a source's name that an error repeats."""


class SourceError(CounterclaimError):
    """A source cannot be taken in."""

    def __init__(self, name: str, what: str, remedy: str) -> None:
        """Build the message.

        Args:
            name: Path or address as the caller gave it.
            what: What happened, without a stop.
            remedy: What to do, without a stop.
        """
        super().__init__(f"{shorten(name)}: {what}; {remedy}")


def shorten(name: str) -> str:
    """Return a name on one line, printable, cut in the middle when it is long."""
    line = "".join(c if c.isprintable() else " " for c in " ".join(name.split()))
    if len(line) <= LONGEST_NAME:
        return line
    half = LONGEST_NAME // 2
    return f"{line[:half]}…{line[-half:]}"


def tell_places(places: int) -> str:
    """Return a number of places and the verb that goes with it."""
    return "1 place is" if places == 1 else f"{places:,} places are"


class MissingSourceError(SourceError):
    """There is no such file."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "there is no such file", "check the path, or give - to read stdin")


class UnreadableSourceError(SourceError):
    """The file is there and cannot be read."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name, f"it cannot be read ({why})", "give a file that can be opened")


class FolderSourceError(SourceError):
    """The path is a folder."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "it is a folder", "give the files in it one by one")


class EmptySourceError(SourceError):
    """There is nothing to read."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "it holds no text", "give a file or a page with words in it")


class BinarySourceError(SourceError):
    """The bytes are no text."""

    def __init__(self, name: str, looks_like: str) -> None:
        super().__init__(name, f"it looks like {looks_like}", "save it as text, HTML or PDF first")


class BrokenTextError(SourceError):
    """Too much of the text cannot be decoded."""

    def __init__(self, name: str, charset: str, places: int) -> None:
        super().__init__(
            name, f"{tell_places(places)} not {charset}", "save the text as UTF-8 again"
        )


class TooLargeError(SourceError):
    """The source passes a limit."""

    def __init__(self, name: str, what: str, limit: int, unit: str) -> None:
        super().__init__(
            name, f"{what} passes the limit of {limit:,} {unit}", "give one report at a time"
        )


class WrongLanguageError(SourceError):
    """The text is not English."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "the text is not English, and only English is read",
            "give an English report, or say any language is meant to be tried",
        )


class MarkupError(SourceError):
    """The page's markup cannot be read."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            name, f"no article could be taken from the page ({why})", "paste the text instead"
        )


class PdfError(SourceError):
    """The PDF gives no text."""

    def __init__(self, name: str, why: str, remedy: str) -> None:
        super().__init__(name, f"the PDF {why}", remedy)


class AddressRefusedError(SourceError):
    """An address that this program does not fetch."""

    def __init__(self, name: str, why: str) -> None:
        self.why = why
        super().__init__(name, f"the address is refused: {why}", "give a public http(s) address")


class FetchError(SourceError):
    """The page could not be fetched."""

    def __init__(self, name: str, why: str, retry_after: str | None = None) -> None:
        self.retry_after = retry_after
        """When its server asks to be asked again, as it wrote it."""
        super().__init__(
            name, f"the page could not be fetched: {why}", "try later, or paste the text"
        )


class ProxyError(SourceError):
    """The environment names a proxy, and proxies are not used."""

    def __init__(self, host: str, variable: str) -> None:
        super().__init__(
            host,
            f"the environment names a proxy ({variable}), and this program fetches from this machine's own address only",
            f"unset {variable} or put the host into no_proxy if that is meant, or save the page and give the file",
        )


class CutOffError(SourceError):
    """Only a part of a report is there."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            name, f"it is cut off: {why}; a part is never filed as the whole", "fetch it again"
        )


class NoHostError(FetchError):
    """The address names a host that is not there."""

    def __init__(self, name: str, host: str) -> None:
        super().__init__(name, f"there is no host {shorten(host)}")


class RobotsRefusedError(SourceError):
    """The site asks programs not to fetch the page."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            name, f"the site does not allow it ({why})", "read it there and paste the text"
        )


class RowError(SourceError):
    """A row of a file of reports cannot be read."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(name, what, 'write rows as {"text": ..., "published": "2020-10-14", ...}')


class ArchiveError(SourceError):
    """A web archive breaks off or is none."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name, f"the archive cannot be read further ({why})", "fetch it again")


class FeedError(SourceError):
    """A feed cannot be read."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name, f"the feed cannot be read: {why}", "check the address")


class FeedListError(SourceError):
    """The list of feeds cannot be read."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            name, why, 'write [[feeds]] with address = "https://..." and outlet = "..." for each'
        )
