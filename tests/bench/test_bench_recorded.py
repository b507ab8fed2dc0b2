"""The second reader's bench with recorded replies: measured by anyone, without an endpoint or a key."""

import json
from pathlib import Path

import pytest
from bench.gate import gate_reports

from bench import recorded
from counterclaim.proposals.modes import parse_answer


def test_bench_recorded_replies_are_of_thirty_development_reports() -> None:
    replies = recorded.load_replies()
    names = [row["report"] for row in replies]
    assert len(set(names)) == 30
    assert len(gate_reports(names)) == 30
    for row in replies:
        kinds = {kind for kind, _ in parse_answer(row["reply"])}
        assert kinds <= {"claims", "figures"}


def test_bench_recorded_measures_without_an_endpoint(capsys: pytest.CaptureFixture[str]) -> None:
    assert recorded.run_recorded(most=2) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["reports"] == 2
    for policy in ("contest", "first-wins", "second-wins-when-grounded", "agreed-only"):
        assert found[policy]["ungrounded rows"] == 0
        assert found[policy]["stretches unread"] == 0
    assert found["agreed-only"]["rows added"] == 0 < found["contest"]["rows added"]
    assert found["second alone"]["claims full: with the words said"]["precision"] > 0.5


def test_bench_recorded_tells_a_reply_that_is_no_longer_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (row,) = recorded.load_replies()[8:9]
    other = tmp_path / "replies.jsonl"
    other.write_text(json.dumps({**row, "question": "[1] Something else."}) + "\n", "utf-8")
    monkeypatch.setattr(recorded, "REPLIES", other)
    assert recorded.run_recorded(most=1) == 1
    assert json.loads(capsys.readouterr().out)["contest"]["stretches unread"] == 1
