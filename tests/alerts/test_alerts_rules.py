"""Rules as people write them; what cannot be understood says where and what to do; secrets stay secret."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from counterclaim.alerts.errors import AlertsError
from counterclaim.alerts.rules import AlertRule, AlertSetup, Secrets, read_back, read_setup

GOOD = """
site: https://ledger.example.org
zone: Europe/Kyiv
channels:
  mail: {kind: email, to: [desk@example.org], from: ledger@example.org, host: smtp.example.org, user: ledger, password: $SMTP_PASSWORD}
  room: {kind: webhook, form: matrix, address: "https://matrix.example.org", room: "!abc:example.org", token: $MATRIX_TOKEN}
  log: {kind: file, path: alerts.jsonl}
rules:
  - {name: killed, when: a new figure, side: Ukraine, outcome: killed, at least: 10, to: [mail, log]}
  - {when: a denial, party: Russia, to: log, send: every hour}
  - {when: a ceasefire changes, send: "every day at 07:30"}
  - {when: a figure is revised, by more than: 100}
  - {when: an incident gets a second side's word}
  - {name: hospitals, when: a saved search finds something, words: hospital}
"""


def setup_of(*rules: AlertRule) -> AlertSetup:
    return AlertSetup(path=Path("alerts.yaml"), rules=rules, channels={})


def read(tmp_path: Path, words: str) -> AlertSetup:
    path = tmp_path / "alerts.yaml"
    path.write_text(words, "utf-8")
    return read_setup(path)


def test_alerts_rules_are_read_as_they_are_written(tmp_path: Path) -> None:
    setup = read(tmp_path, GOOD)
    assert [rule.kind for rule in setup.rules] == [
        "figure",
        "denial",
        "ceasefire",
        "revised",
        "second side",
        "search",
    ]
    assert setup.rules[0].to == ("mail", "log")
    assert setup.rules[0].number("at least") == 10
    assert setup.zone == ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("rules: {}", "a list of rules"),
        ("rules: [{when: a new moon}]", "it needs `when`"),
        ("rules: [{when: a new figure, sides: X}]", "'sides' is unknown here"),
        ("rules: [{when: a new figure, to: nowhere}]", "no channel is named 'nowhere'"),
        ("rules: [{when: a new figure, send: hourly}]", "send is"),
        ('rules: [{when: a new figure, send: "every day at 25:00"}]', "send is"),
        ("rules: [{when: a denial}]", "say of whom or what"),
        ("rules: [{when: a saved search finds something}]", "needs its words"),
        ("rules: [{when: a figure is revised}]", "by more than how many"),
        ("rules: [{when: a new figure}, {when: a new figure}]", "two rules are named"),
        ("rules: [{when: a new figure, at least: many}]", "a whole number"),
        ("rules: []\nzone: Mars/North", "is unknown: write it as"),
        ("rules: []\nchannels: {a: {kind: pigeon}}", "its kind is one of"),
        ("rules: []\nchannels: {a: {kind: file}}", "it lacks path"),
        ("rules: []\nchannels: {a: {kind: webhook, address: x, token: abc}}", "must not stand in the file"),
        ("rules: []\nchannels: {a: {kind: webhook, address: x, form: icq}}", "form is"),
        ("rules: []\nchannels: {a: {kind: webhook, address: x, form: matrix}}", "needs room and token"),
        ("rules: []\nchannels: {a: {kind: email, to: a, from: b, host: c, security: none, user: u}}", "without TLS"),
        ("rules: [", "not YAML"),
    ],
)  # fmt: skip
def test_alerts_what_is_not_understood_says_where_and_what_to_do(
    tmp_path: Path, words: str, what: str
) -> None:
    with pytest.raises(AlertsError, match=r"alerts\.yaml") as told:
        read(tmp_path, words)
    assert what in str(told.value)


def test_alerts_digests_are_due_on_the_hour_and_at_the_day_s_time(tmp_path: Path) -> None:
    setup = read(tmp_path, GOOD)
    now = datetime(2031, 5, 4, 6, 10, tzinfo=UTC)
    assert setup.due(setup.rules[0], now) == now
    assert setup.due(setup.rules[1], now) == datetime(2031, 5, 4, 7, 0, tzinfo=UTC)
    assert setup.due(setup.rules[2], now) == datetime(2031, 5, 5, 4, 30, tzinfo=UTC)
    assert setup.due(setup.rules[2], now.replace(hour=3)) == datetime(2031, 5, 4, 4, 30, tzinfo=UTC)


def test_alerts_secrets_come_from_the_environment_or_a_file_that_nobody_else_reads(
    tmp_path: Path,
) -> None:
    path = tmp_path / "secrets"
    path.write_text("# ours\nA = one\nB=two\n", "utf-8")
    path.chmod(0o644)
    with pytest.raises(AlertsError, match="chmod 600"):
        Secrets(path)
    path.chmod(0o600)
    secrets = Secrets(path, {"B": "three"})
    assert (secrets.get("x", "$A"), secrets.get("x", "$B"), secrets.get("x", "plain")) == (
        "one",
        "three",
        "plain",
    )
    with pytest.raises(AlertsError, match="is not set"):
        secrets.get("x", "$C")


def test_alerts_how_far_back() -> None:
    now = datetime(2031, 5, 4, 6, tzinfo=UTC)
    assert read_back("7d", now) == datetime(2031, 4, 27, 6, tzinfo=UTC)
    assert read_back("48h", now) == datetime(2031, 5, 2, 6, tzinfo=UTC)
    assert read_back("2031-05-01", now) == datetime(2031, 5, 1, tzinfo=UTC)
    assert read_back("last week", now) is None
