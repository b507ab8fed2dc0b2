"""Rules and channels, read from a YAML file beside the ledger."""

import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from counterclaim.alerts.errors import AlertsError

Kind = Literal["figure", "denial", "ceasefire", "revised", "second side", "search"]
Form = Literal["slack", "mattermost", "matrix", "plain"]

WHEN: Mapping[str, Kind] = {
    "a new figure": "figure",
    "a denial": "denial",
    "a ceasefire changes": "ceasefire",
    "a figure is revised": "revised",
    "an incident gets a second side's word": "second side",
    "a saved search finds something": "search",
}
"""What a rule may wait for, in the words of the file."""

_ABOUT: Mapping[Kind, frozenset[str]] = {
    "figure": frozenset({"side", "outcome", "category", "at least"}),
    "denial": frozenset({"party", "words", "incidents"}),
    "ceasefire": frozenset({"party"}),
    "revised": frozenset({"side", "outcome", "category", "by more than"}),
    "second side": frozenset({"party", "kind"}),
    "search": frozenset({"words"}),
}
_COMMON = frozenset({"name", "when", "to", "send", "project"})
_CHANNEL: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "email": (
        frozenset({"to", "from", "host"}),
        frozenset({"port", "security", "user", "password", "private"}),
    ),
    "webhook": (frozenset({"address"}), frozenset({"form", "token", "room", "private"})),
    "file": (frozenset({"path"}), frozenset()),
    "atom": (frozenset({"path"}), frozenset()),
}
"""What a channel needs, and what it may have beside, by kind."""

SECRET = frozenset({"password", "token"})
"""What may only be named, as $NAME, and never stand in the file."""

_DAILY = re.compile(r"every day at (\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule:
    """What somebody wants to be told."""

    name: str
    kind: Kind
    about: Mapping[str, Any] = field(default_factory=dict)
    to: tuple[str, ...] = ()
    send: str = "at once"
    project: str | None = None
    """Id of the project that it watches; None for all of the ledger."""

    def words(self, name: str) -> str | None:
        """Return one of its conditions, where it is set."""
        value = self.about.get(name)
        return None if value is None else str(value)

    def number(self, name: str) -> int:
        """Return one of its numbers; 0 where none is set."""
        return int(self.about.get(name, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Where messages go."""

    name: str
    kind: str
    given: Mapping[str, Any]
    """Its fields as they stand in the file: secrets by their names alone."""

    @property
    def is_private(self) -> bool:
        """Return whether its owner allows addresses inside private networks."""
        return bool(self.given.get("private", False))


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSetup:
    """A file of rules, read."""

    path: Path
    rules: tuple[AlertRule, ...]
    channels: Mapping[str, Channel]
    site: str | None = None
    """Where the workbench is reached, for links."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    def due(self, rule: AlertRule, now: datetime) -> datetime:
        """Return when what a rule finds now is to be sent."""
        if rule.send == "every hour":
            return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        daily = _DAILY.fullmatch(rule.send)
        if daily is None:
            return now
        local = now.astimezone(self.zone)
        at = time(int(daily[1]), int(daily[2]))
        day = local.date() if local.time() < at else local.date() + timedelta(days=1)
        return datetime.combine(day, at, self.zone).astimezone(now.tzinfo)


def read_setup(path: Path) -> AlertSetup:
    """Read a file of rules.

    Raises:
        AlertsError: If it cannot be read, or says something that is not understood; the message says where and what to do.
    """
    try:
        found = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise AlertsError(str(path), f"it cannot be read ({error.strerror})") from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise AlertsError(str(path), f"it is not YAML ({' '.join(str(error).split())})") from error
    if not isinstance(found, dict) or not isinstance(found.get("rules"), list):
        raise AlertsError(str(path), "it needs a list of rules (docs/alerts.md has one to copy)")
    _only(str(path), found, {"rules", "channels", "site", "zone", "project"})
    channels = {
        str(name): _channel(f"{path}: channel {name}", str(name), given)
        for name, given in (found.get("channels") or {}).items()
    }
    rules = tuple(
        _rule(f"{path}: rule {number}", given, channels, found.get("project"))
        for number, given in enumerate(found["rules"], 1)
    )
    names = [rule.name for rule in rules]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise AlertsError(str(path), f"two rules are named {twice!r}: a name is a rule's for good")
    try:
        zone = ZoneInfo(str(found.get("zone", "UTC")))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise AlertsError(
            str(path), f"zone {found['zone']!r} is unknown: write it as Europe/Kyiv"
        ) from error
    return AlertSetup(path=path, rules=rules, channels=channels, site=found.get("site"), zone=zone)


def _only(where: str, given: Mapping[str, Any], known: set[str] | frozenset[str]) -> None:
    unknown = sorted(set(map(str, given)) - known)
    if unknown:
        raise AlertsError(
            where, f"{unknown[0]!r} is unknown here: choose from {', '.join(sorted(known))}"
        )


def of_project(setup: AlertSetup, project: str | None) -> AlertSetup:
    """Return a setup whose rules, where they name no project of their own, watch one.

    Args:
        setup: As read.
        project: Its id; None to leave the rules as they are.
    """
    if project is None:
        return setup
    rules = tuple(replace(rule, project=rule.project or project) for rule in setup.rules)
    return replace(setup, rules=rules)


def _rule(
    where: str, given: Any, channels: Mapping[str, Channel], project: str | None = None
) -> AlertRule:
    if not isinstance(given, dict) or given.get("when") not in WHEN:
        raise AlertsError(where, f"it needs `when`, one of: {'; '.join(WHEN)}")
    kind = WHEN[given["when"]]
    _only(where, given, _COMMON | _ABOUT[kind])
    about = {key: value for key, value in given.items() if key in _ABOUT[kind]}
    for key in ("at least", "by more than"):
        if key in about and (not isinstance(about[key], int) or about[key] < 0):
            raise AlertsError(where, f"{key} is a whole number")
    if kind == "search" and not about.get("words"):
        raise AlertsError(where, "a saved search needs its words")
    if kind == "denial" and not about:
        raise AlertsError(where, "say of whom or what: party, words or incidents")
    if kind == "revised" and "by more than" not in about:
        raise AlertsError(where, "say by more than how many")
    send = str(given.get("send", "at once"))
    daily = _DAILY.fullmatch(send)
    if send not in {"at once", "every hour"} and (
        daily is None or int(daily[1]) > 23 or int(daily[2]) > 59
    ):
        raise AlertsError(where, "send is `at once`, `every hour` or `every day at 07:00`")
    to = _many(given.get("to"))
    missing = next((name for name in to if name not in channels), None)
    if missing is not None:
        raise AlertsError(
            where, f"no channel is named {missing!r}: the file has {', '.join(channels) or 'none'}"
        )
    name = str(given.get("name") or given["when"])
    own = given.get("project", project)
    if own is not None and not isinstance(own, str):
        raise AlertsError(where, "project is the name of one project")
    return AlertRule(name=name, kind=kind, about=about, to=to, send=send, project=own)


def _channel(where: str, name: str, given: Any) -> Channel:
    kind = given.get("kind") if isinstance(given, dict) else None
    if not isinstance(kind, str) or kind not in _CHANNEL:
        raise AlertsError(where, f"its kind is one of {', '.join(_CHANNEL)}")
    needed, more = _CHANNEL[kind]
    _only(where, given, needed | more | {"kind"})
    lacking = sorted(needed - set(given))
    if lacking:
        raise AlertsError(where, f"it lacks {lacking[0]}")
    for key in SECRET & set(given):
        if not str(given[key]).startswith("$"):
            raise AlertsError(
                where,
                f"{key} must not stand in the file: write ${key.upper()} and set it in the environment",
            )
    if given.get("form", "plain") not in {"slack", "mattermost", "matrix", "plain"}:
        raise AlertsError(where, "form is slack, mattermost, matrix or plain")
    if given.get("form") == "matrix" and not {"room", "token"} <= set(given):
        raise AlertsError(where, "a matrix room needs room and token")
    if given.get("security", "starttls") not in {"starttls", "tls", "none"}:
        raise AlertsError(where, "security is starttls, tls or none")
    if "user" in given and given.get("security") == "none" and not given.get("private"):
        raise AlertsError(where, "a password is not sent without TLS: choose starttls or tls")
    return Channel(name=name, kind=kind, given=given)


def _many(given: Any) -> tuple[str, ...]:
    if given is None:
        return ()
    return (
        tuple(map(str, given))
        if isinstance(given, Sequence) and not isinstance(given, str)
        else (str(given),)
    )


class Secrets:
    """What only the environment, or a file that nobody else may read, knows: passwords, tokens, addresses of hooks."""

    def __init__(
        self, path: Path | None = None, environment: Mapping[str, str] = os.environ
    ) -> None:
        """Remember where to look.

        Args:
            path: A file of lines ``NAME=value``; the environment goes before it.
            environment: As the process has it.
        """
        self._environment = environment
        self._file: dict[str, str] = {}
        if path is not None and path.exists():
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                raise AlertsError(str(path), "others may read it: chmod 600 it")
            for line in path.read_text("utf-8").splitlines():
                name, mark, value = line.partition("=")
                if mark and not line.lstrip().startswith("#"):
                    self._file[name.strip()] = value.strip()

    def get(self, where: str, value: Any) -> str:
        """Return what a field says, or what stands under the name that it gives as ``$NAME``.

        Raises:
            AlertsError: If nothing stands under the name.
        """
        words = str(value)
        if not words.startswith("$"):
            return words
        name = words[1:]
        found = self._environment.get(name, self._file.get(name))
        if not found:
            raise AlertsError(
                where, f"{words} is not set: set it in the environment or the file of secrets"
            )
        return found


def read_back(words: str, now: datetime) -> datetime | None:
    """Read how far back: ``7d``, ``48h`` or a day; None where it is none of them."""
    match = re.fullmatch(r"(\d{1,5})([dh])", words)
    if match is not None:
        span = timedelta(days=int(match[1])) if match[2] == "d" else timedelta(hours=int(match[1]))
        return now - span
    try:
        return datetime.combine(date.fromisoformat(words), time(), now.tzinfo)
    except ValueError:
        return None
