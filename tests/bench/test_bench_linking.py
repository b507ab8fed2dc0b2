"""The scorer by hand-made examples, and the interface over a file with a bad row."""

import json
from pathlib import Path

import pytest
from bench.clusters import measure
from bench.linkgrowth import war
from bench.linking import run_linking


def keys(**groups: str) -> dict[str, frozenset[str]]:
    return {item: frozenset(name) for item, name in groups.items()}


def test_bench_same_groups_score_one() -> None:
    gold = keys(a="x", b="x", c="y")
    assert measure(gold, gold)["b3"] == 1
    assert measure(gold, keys(a="p", b="p", c="q"))["pairwise"] == 1


def test_bench_alone_is_precise_and_incomplete() -> None:
    found = measure(keys(a="x", b="x", c="x"), {})
    assert found["b3 precision"] == 1
    assert found["b3 recall"] == pytest.approx(1 / 3, abs=1e-3)
    assert found["pairwise"] == 0


def test_bench_everything_together_is_complete_and_imprecise() -> None:
    found = measure(keys(a="x", b="x", c="y", d="y"), keys(a="p", b="p", c="p", d="p"))
    assert (found["b3 precision"], found["b3 recall"]) == (0.5, 1)
    assert found["pairwise precision"] == pytest.approx(1 / 3, abs=1e-3)
    assert found["pairwise recall"] == 1


def test_bench_an_item_of_two_groups_has_the_companions_of_both() -> None:
    gold = keys(a="xy", b="x", c="y")
    assert measure(gold, keys(a="p", b="p", c="q"))["pairwise recall"] == 0.5


def test_bench_linking_keeps_order_and_ids_and_goes_on_after_a_bad_row(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [
        {
            "id": "1",
            "text": "A shell hit the Brenmill yard at Ostbridge, and the miller Anna Varnholt died.",
            "date": "2031-05-04",
        },
        {"id": "2"},
        {
            "id": "3",
            "text": "The miller Anna Varnholt died when a shell hit the Brenmill yard at Ostbridge.",
            "date": "2031-05-04",
        },
        {"id": "4", "text": "A school in Dorwick burned.", "date": "2031-06-04"},
    ]
    source.write_text("\n".join(map(json.dumps, rows)) + "\nnot json\n")
    assert run_linking(source, target) == 1
    found = [json.loads(line) for line in target.read_text().splitlines()]
    assert [row["id"] for row in found] == ["1", "2", "3", "4", None]
    assert "error" in found[1]
    assert "error" in found[4]
    assert found[0]["incidents"] == found[2]["incidents"] != found[3]["incidents"]


def test_bench_the_invented_war_is_the_same_each_time() -> None:
    first, again = list(war(20)), list(war(20))
    assert first == again
    assert sum(len(claims) for _, claims in first) == 20
    for document, claims in first:
        for claim in claims:
            words = document.text[claim.span.start : claim.span.end]
            assert words.startswith(claim.quote)
