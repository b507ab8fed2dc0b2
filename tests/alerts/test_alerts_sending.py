"""Sending: to a real mail server and a real receiver on loopback; nothing twice, failures tried again, no secret told."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from counterclaim.alerts import channels
from counterclaim.alerts.finding import find_matters
from counterclaim.alerts.rules import AlertSetup, Secrets, read_setup
from counterclaim.alerts.running import FIRST_WAIT, MOST_ATTEMPTS, Outcome, collect, deliver
from counterclaim.cli.app import app
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger.outbox import LEASE
from counterclaim.records.judgement import Judgement
from counterclaim.service.ledger_service import judge
from tests.alerts.conftest import Clock, Desk
from tests.alerts.receivers import MailServer, Receiver, serving

SECRET = "hush-hush"
LOOKS = "counterclaim.alerts.running.find_matters"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer()
    with serving(server):
        yield server


@pytest.fixture
def hook() -> Iterator[Receiver]:
    server = Receiver()
    with serving(server):
        yield server


def setup(tmp_path: Path, channel: str, *rules: str) -> AlertSetup:
    path = tmp_path / "alerts.yaml"
    lines = rules or ("{name: killed, when: a new figure, side: Ukraine, to: out}",)
    path.write_text(
        "site: https://ledger.example.org\nchannels:\n  out: "
        + channel
        + "\nrules:\n"
        + "".join(f"  - {item}\n" for item in lines),
        "utf-8",
    )
    return read_setup(path)


def run(desk: Desk, asked: AlertSetup, **environment: str) -> Outcome:
    outcome = collect(desk.ledger, asked, desk.clock())
    return deliver(desk.ledger, asked, Secrets(None, environment), desk.clock(), outcome)


def mailing(server: MailServer) -> str:
    return f"{{kind: email, to: [a@desk.example, b@desk.example], from: l@ledger.example, host: 127.0.0.1, port: {server.port}, security: none, private: true}}"


def test_alerts_a_mail_goes_once_and_carries_the_words(
    tmp_path: Path, desk: Desk, mail: MailServer
) -> None:
    asked = setup(tmp_path, mailing(mail))
    assert run(desk, asked).begun == ["killed"]
    desk.file("toll", "toll again")
    done = run(desk, asked)
    assert (done.found, done.sent) == (1, 1)
    assert (run(desk, asked).found, len(mail.mails)) == (0, 1)
    (to, message) = mail.mails[0]
    assert to == ("a@desk.example", "b@desk.example")
    assert message["Subject"] == "killed: 12 killed of Ukraine, says Ukraine"
    body = message.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "12 of its soldiers were killed" in body.decode()
    assert "https://ledger.example.org/claims/c-" in body.decode()


def test_alerts_what_failed_is_tried_again_later_under_the_same_id(
    tmp_path: Path, desk: Desk, mail: MailServer
) -> None:
    asked = setup(tmp_path, mailing(mail))
    run(desk, asked)
    desk.file("toll")
    mail.refusals = 1
    failed = run(desk, asked)
    assert failed.sent == 0
    assert "channel out: the mail server answered 451; tried again after 1 min" in failed.failed[0]
    assert run(desk, asked).failed == []
    desk.clock.at += FIRST_WAIT
    assert run(desk, asked).sent == 1
    assert len(mail.mails) == 1


def test_alerts_what_a_process_began_to_send_and_never_marked_goes_again_under_its_id(
    tmp_path: Path, desk: Desk, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = setup(tmp_path, f"{{kind: webhook, address: '{hook.address}/x', private: true}}")
    run(desk, asked)
    desk.file("toll")
    with monkeypatch.context() as patch:
        patch.setattr(
            desk.ledger.outbox, "mark", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            run(desk, asked)
    assert run(desk, asked).sent == 0
    desk.clock.at += LEASE
    assert run(desk, asked).sent == 1
    first, second = hook.taken
    assert first[2]["Idempotency-Key"] == second[2]["Idempotency-Key"]
    assert first[3] == second[3]


def test_alerts_a_channel_may_be_called_feed(tmp_path: Path, desk: Desk) -> None:
    path = tmp_path / "alerts.yaml"
    path.write_text(
        "channels:\n  feed: {kind: atom, path: alerts.atom}\n"
        "rules:\n  - {name: killed, when: a new figure, to: feed}\n",
        "utf-8",
    )
    asked = read_setup(path)
    run(desk, asked)
    desk.file("toll", "toll again")
    assert run(desk, asked).sent == 1
    assert len(ET.parse(tmp_path / "alerts.atom").getroot().findall(f"{ATOM}entry")) == 1
    assert len(desk.ledger.outbox.listed(rule="killed", states=("kept",))) == 1


def test_alerts_what_is_filed_while_rules_are_looked_through_is_found_the_next_time(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = setup(tmp_path, "{kind: file, path: out.jsonl}")
    run(desk, asked)
    desk.file("wounded")

    def meanwhile(*given: Any) -> Any:
        matters = find_matters(*given)
        monkeypatch.setattr(LOOKS, find_matters)
        at = desk.clock.at
        desk.file("toll")  # begun before, and written down after rules were looked through
        desk.clock.at = at + timedelta(minutes=5)
        return matters

    monkeypatch.setattr(LOOKS, meanwhile)
    desk.clock.later(minutes=4)
    late = desk.clock.at
    assert run(desk, asked).found == 0
    desk.clock.at = late + timedelta(minutes=5)
    assert run(desk, asked).found == 1
    assert run(desk, asked).found == 0


@pytest.mark.parametrize("form", ["slack", "mattermost", "plain"])
def test_alerts_a_webhook_takes_its_form(
    tmp_path: Path, desk: Desk, hook: Receiver, form: str
) -> None:
    asked = setup(tmp_path, f"{{kind: webhook, form: {form}, address: $HOOK, private: true}}")
    run(desk, asked, HOOK=f"{hook.address}/services/{SECRET}?a=b")
    desk.file("toll")
    assert run(desk, asked, HOOK=f"{hook.address}/services/{SECRET}?a=b").sent == 1
    ((method, path, _, body),) = hook.taken
    assert (method, path) == ("POST", f"/services/{SECRET}?a=b")
    if form == "plain":
        assert body["alerts"][0]["told"] == "12 killed of Ukraine, says Ukraine"
    else:
        assert "12 killed of Ukraine, says Ukraine" in body["text"]
        assert "12 of its soldiers were killed" in body["text"]


def test_alerts_a_matrix_room_gets_one_transaction(
    tmp_path: Path, desk: Desk, hook: Receiver
) -> None:
    asked = setup(
        tmp_path,
        f"{{kind: webhook, form: matrix, address: '{hook.address}', room: '!r:example.org', token: $TOKEN, private: true}}",
    )
    run(desk, asked)
    desk.file("toll")
    assert run(desk, asked, TOKEN=SECRET).sent == 1
    ((method, path, headers, body),) = hook.taken
    assert method == "PUT"
    assert path.startswith("/_matrix/client/v3/rooms/%21r%3Aexample.org/send/m.room.message/")
    assert headers["Authorization"] == f"Bearer {SECRET}"
    assert body["msgtype"] == "m.notice"


def test_alerts_words_of_a_report_cannot_ring_a_room_or_forge_a_header(
    tmp_path: Path, desk: Desk
) -> None:
    from dataclasses import replace

    from counterclaim.alerts.messages import atom_of, body_of, mail_of

    asked = setup(tmp_path, "{kind: file, path: out.jsonl}")
    run(desk, asked)
    desk.file("toll")
    collect(desk.ledger, asked, desk.clock())
    (row,) = desk.ledger.outbox.listed(channel="out")
    hostile = "<!channel> @all ]]> \x00\x0b </entry>\r\nBcc: x@evil.example"
    bad = replace(row, matter=replace(row.matter, headline=hostile, words=hostile, outlet=hostile))
    assert "<!channel>" not in str(body_of("slack", [bad], None))
    assert " @all" not in str(body_of("mattermost", [bad], None))
    assert mail_of([bad], "a@x.example", ["b@x.example"], None, datetime.now(UTC))["Bcc"] is None
    ET.fromstring(atom_of("t", hostile, [bad], None, datetime.now(UTC)))


@pytest.mark.parametrize(
    "address",
    ["http://hooks.example/x", "https://127.0.0.1/x", "https://10.1.2.3/", "ftp://x/", "https://["],
)
def test_alerts_a_private_or_plain_address_is_refused_unless_meant(
    tmp_path: Path, desk: Desk, address: str
) -> None:
    asked = setup(tmp_path, "{kind: webhook, address: $HOOK}")
    run(desk, asked)
    desk.file("toll")
    (told,) = run(desk, asked, HOOK=address).failed
    assert "private: true" in told or "not https" in told or "cannot be read" in told
    assert address not in told


def test_alerts_a_redirect_is_no_delivery(tmp_path: Path, desk: Desk, hook: Receiver) -> None:
    asked = setup(tmp_path, f"{{kind: webhook, address: '{hook.address}/{SECRET}', private: true}}")
    run(desk, asked)
    desk.file("toll")
    hook.statuses = [302]
    (told,) = run(desk, asked).failed
    assert "the receiver answered 302" in told
    assert SECRET not in told


def test_alerts_no_secret_is_kept_in_the_ledger(tmp_path: Path, desk: Desk, hook: Receiver) -> None:
    asked = setup(tmp_path, "{kind: webhook, address: $HOOK, private: true}")
    run(desk, asked)
    desk.file("toll")
    hook.statuses = [500]
    run(desk, asked, HOOK=f"{hook.address}/{SECRET}")
    held = b"".join(path.read_bytes() for path in tmp_path.glob("kept.db*"))
    assert b"soldiers" in held
    assert SECRET.encode() not in held


def test_alerts_after_many_failures_a_message_is_given_up_and_listed(
    tmp_path: Path, desk: Desk
) -> None:
    asked = setup(tmp_path, "{kind: webhook, address: 'https://127.0.0.1:9/'}")
    run(desk, asked)
    desk.file("toll")
    for _ in range(MOST_ATTEMPTS):
        (told,) = run(desk, asked).failed
        desk.clock.at += timedelta(hours=7)
    assert "given up" in told
    assert run(desk, asked).failed == []
    assert [item.channel for item in desk.ledger.outbox.listed(states=("failed",))] == ["out"]


def test_alerts_a_digest_is_one_message_when_its_hour_comes(
    tmp_path: Path, desk: Desk, mail: MailServer
) -> None:
    lines = (
        "{name: killed, when: a new figure, to: out, send: every hour}",
        "{name: denials, when: a denial, party: Russia, to: out, send: every hour}",
    )
    asked = setup(tmp_path, mailing(mail), *lines)
    run(desk, asked)
    desk.file("toll", "wounded", "claim", "denial")
    assert run(desk, asked).sent == 0
    desk.clock.at = desk.clock.at.replace(minute=0) + timedelta(hours=1)
    assert run(desk, asked).sent >= 3
    (row,) = mail.mails
    assert "alerts: " in row[1]["Subject"]


def test_alerts_a_report_withdrawn_before_its_digest_alerts_nobody(
    tmp_path: Path, desk: Desk, mail: MailServer
) -> None:
    asked = setup(
        tmp_path, mailing(mail), "{name: killed, when: a new figure, to: out, send: every hour}"
    )
    run(desk, asked)
    desk.file("toll")
    assert run(desk, asked).found == 1
    (row,) = desk.ledger.outbox.listed(channel="out")
    judge(
        desk.ledger,
        Judgement(subject=row.matter.claim_id, verdict="rejected", by="Ada", reason="misread"),
    )
    desk.clock.later(hours=2)
    done = run(desk, asked)
    assert (done.sent, done.dropped, mail.mails) == (0, 1, [])


def test_alerts_a_file_has_each_line_once_whatever_was_cut(tmp_path: Path, desk: Desk) -> None:
    asked = setup(
        tmp_path, "{kind: file, path: deep/out.jsonl}", "{name: all, when: a new figure, to: out}"
    )
    run(desk, asked)
    desk.file("toll")
    run(desk, asked)
    path = tmp_path / "deep" / "out.jsonl"
    (row,) = desk.ledger.outbox.listed(channel="out")
    channels.send(
        asked, asked.channels["out"], [row], Secrets(None, {}), now=desk.clock(), shown=lambda _: ()
    )
    assert len(path.read_text("utf-8").splitlines()) == 1
    path.write_bytes(path.read_bytes() + b'{"key": "n-half')
    desk.file("wounded")
    run(desk, asked)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [item["told"] for item in rows] == [
        "12 killed of Ukraine, says Ukraine",
        "30 wounded of Russia, says Russia",
    ]
    assert path.stat().st_mode & 0o077 == 0


def test_alerts_a_feed_is_written_whole_with_ids_that_stay(tmp_path: Path, desk: Desk) -> None:
    asked = setup(
        tmp_path, "{kind: atom, path: out.atom}", "{name: all, when: a new figure, to: out}"
    )
    run(desk, asked)
    desk.file("toll")
    run(desk, asked)
    first = ET.parse(tmp_path / "out.atom").findall(f"{ATOM}entry/{ATOM}id")
    desk.file("wounded")
    run(desk, asked)
    both = ET.parse(tmp_path / "out.atom").findall(f"{ATOM}entry/{ATOM}id")
    assert len(both) == 2
    assert {item.text for item in first} < {item.text for item in both}


def test_alerts_a_rules_feed_is_served(tmp_path: Path, desk: Desk) -> None:
    from fastapi.testclient import TestClient

    from counterclaim.serve import Settings, create_app
    from tests.serve.benches import HERE

    asked = setup(
        tmp_path, "{kind: file, path: o.jsonl}", "{name: all of them, when: a new figure}"
    )
    run(desk, asked)
    desk.file("toll")
    run(desk, asked)
    with TestClient(
        create_app(Settings(ledger=str(tmp_path / "kept.db"))), base_url=HERE
    ) as client:
        answer = client.get("/alerts/all of them.atom")
        assert answer.headers["content-type"].startswith("application/atom+xml")
        assert [
            item.text for item in ET.fromstring(answer.text).findall(f"{ATOM}entry/{ATOM}title")
        ] == ["12 killed of Ukraine, says Ukraine"]
        assert client.get("/alerts/nothing.atom").status_code == 200


@pytest.fixture
def kept(tmp_path: Path, desk: Desk) -> Path:
    desk.file("toll")
    return tmp_path / "kept.db"


def command(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["alerts", *words], env={"COLUMNS": "200"})
    return done.exit_code, done.output


def test_alerts_the_commands_check_try_and_send(tmp_path: Path, kept: Path) -> None:
    setup(tmp_path, "{kind: file, path: out.jsonl}")
    where = ("--rules", str(tmp_path / "alerts.yaml"), "--ledger", str(kept))
    code, words = command("check", *where)
    assert (code, "rule killed: figure (side Ukraine), at once, to out" in words) == (0, True)
    code, words = command("dry-run", "--since", "20000d", *where)
    assert (code, "12 killed of Ukraine" in words) == (0, True)
    assert not (tmp_path / "out.jsonl").exists()
    code, words = command("send", "--since", "2031-05-01", *where)
    assert (code, "1 new, 1 sent" in words) == (0, True)
    code, words = command("send", *where)
    assert (code, "0 new, 0 sent" in words) == (0, True)
    assert command("dry-run", "--since", "never", *where)[0] != 0


def test_alerts_a_send_that_fails_says_so_by_its_code(tmp_path: Path, kept: Path) -> None:
    setup(tmp_path, "{kind: webhook, address: 'https://127.0.0.1:9/'}")
    code, words = command(
        "send",
        "--since",
        "2031-05-01",
        "--rules",
        str(tmp_path / "alerts.yaml"),
        "--ledger",
        str(kept),
    )
    assert (code, "channel out" in words) == (1, True)


def test_alerts_two_processes_send_a_batch_once(tmp_path: Path, desk: Desk, clock: Clock) -> None:
    asked = setup(tmp_path, "{kind: file, path: out.jsonl}")
    run(desk, asked)
    desk.file("toll")
    collect(desk.ledger, asked, clock())
    with open_ledger(str(tmp_path / "kept.db"), now=clock) as other:
        assert isinstance(other, Ledger)
        assert len(desk.ledger.outbox.claim(clock())) == 1
        assert other.outbox.claim(clock()) == ()
