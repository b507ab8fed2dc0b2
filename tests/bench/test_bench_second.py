"""The second reader's bench asks once, keeps the replies, and measures again without an endpoint."""

import json
from pathlib import Path

import pytest

from bench import second
from tests.endpoint import Reply, proposals, serving, speech


def test_bench_second_measures_again_from_its_replies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(second, "REPLIES", tmp_path / "replies")
    source = tmp_path / "texts.jsonl"
    source.write_text(
        json.dumps({"id": "x1", "text": "Ardenia said that Kestria had shelled Ost."}) + "\n",
        "utf-8",
    )
    said = speech(1, "Ardenia", "said", "Kestria had shelled Ost", "deny")
    with serving(lambda _: Reply(content=proposals(said, {"sentence": 7}))) as endpoint:
        assert second.run_second(source, tmp_path / "out", endpoint.url, "tiny") == 0
    made = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(endpoint.bodies) == 1
    second.run_second(source, tmp_path / "again", endpoint.url, "tiny")  # nobody answers there now
    again = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["policy"] for row in again] == [row["policy"] for row in made]
    assert all(row["calls"] == 0 and row["from cache"] == 1 for row in again)
    assert [row["ungrounded rows"] for row in made] == [0, 0, 0, 0]
    assert made[0]["dropped"] == {"no such sentence": 1}
    for name in ("first", "contest", "second-wins-when-grounded"):
        assert (tmp_path / "out" / f"{name}.jsonl").read_bytes() == (
            tmp_path / "again" / f"{name}.jsonl"
        ).read_bytes()
