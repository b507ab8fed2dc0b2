"""Other packages bring exporters, importers, sources and lexicons: the example of docs/plugins.md, installed."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import counterclaim
from counterclaim.cli.app import app
from counterclaim.errors import CounterclaimError
from counterclaim.exchange.formats import find_format, format_names
from counterclaim.exchange.imports import import_names, read_import
from counterclaim.ingest.batch import open_many
from counterclaim.plugins import PluginError, load_plugin, plugin_names

EXAMPLE = Path(__file__).parent.parent.parent / "docs" / "examples" / "plugin"
SOURCE = Path(counterclaim.__file__).parent.parent

MAIL = """From someone Wed Jan  2 10:00:00 2030
From: Kestria News <desk@example.org>
Subject: Bridge hit
Date: Wed, 02 Jan 2030 10:00:00 +0000
Message-ID: <1@example.org>
Content-Type: text/plain; charset=utf-8

The army said that the bridge at Testville had been hit on Tuesday, and that two soldiers were killed.
"""


def install(folder: Path, package: Path = EXAMPLE, extra: str = "") -> Path:
    """Put the example where a package manager would: its files, and what its metadata says."""
    shutil.copytree(package / "src", folder, dirs_exist_ok=True)
    project = tomllib.loads((package / "pyproject.toml").read_text("utf-8"))["project"]
    info = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    points = "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in named.items())
        for group, named in project["entry-points"].items()
    )
    (info / "entry_points.txt").write_text(points + extra)
    return folder


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = install(tmp_path / "site")
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    for name in [name for name in sys.modules if name.startswith("counterclaim_example")]:
        del sys.modules[name]


def test_plugins_none_are_there_without_a_package() -> None:
    assert plugin_names("exporters") == ()
    assert load_plugin("exporters", "kml") is None
    assert "kml" not in format_names()


@pytest.mark.usefixtures("installed")
def test_plugins_are_listed_behind_the_houses_own() -> None:
    assert format_names()[-1] == "kml"
    assert import_names()[-2:] == ("csv", "tally")
    assert find_format("kml").what.startswith("Write KML")


@pytest.mark.usefixtures("installed")
def test_plugins_exporter_writes_and_tells_its_losses(tmp_path: Path) -> None:
    rows = tmp_path / "rows.txt"
    rows.write_text("2030-01-02 Testville 14\n2030-01-03 Testville many\n", "utf-8")
    out = tmp_path / "claims.kml"
    result = CliRunner().invoke(
        app, ["import", str(rows), "--as", "tally", "-f", "kml", "-o", str(out)]
    )
    assert result.exit_code == 2, "the second line is refused, and that is told"
    assert "'many' is no number of persons" in result.stderr
    assert out.read_text("utf-8").startswith("<?xml")
    losses = json.loads((tmp_path / "claims.kml.losses.json").read_text("utf-8"))
    assert losses["claims_not_written"]["it has no point"]["claims"] == 1


@pytest.mark.usefixtures("installed")
def test_plugins_importer_signs_its_claims(tmp_path: Path) -> None:
    path = tmp_path / "rows.txt"
    path.write_text("2030-01-02 Testville 14\n", "utf-8")
    (row,) = read_import(path, "tally").rows
    assert (row["low"], row["place"], row["reader"]) == (14, "Testville", "import:tally")


@pytest.mark.usefixtures("installed")
def test_plugins_source_gives_reports(tmp_path: Path) -> None:
    path = tmp_path / "alerts.mbox"
    path.write_text(MAIL, "utf-8")
    (taken,) = open_many(f"mbox:{path}")
    assert taken.opened is not None
    document = taken.opened.document
    assert document.title == "Bridge hit"
    assert str(document.published) == "2030-01-02"
    assert document.outlet == "Kestria News <desk@example.org>"
    assert list(open_many(f"mbox:{path}", skip=1)) == []


@pytest.mark.usefixtures("installed")
def test_plugins_source_that_fails_is_a_problem_of_that_source(tmp_path: Path) -> None:
    (taken,) = open_many(f"mbox:{tmp_path / 'none.mbox'}")
    assert taken.opened is None
    assert "its source fails" in str(taken.error)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("kml = counterclaim_example:WORDS\n", "both bring it"),
        ("other = counterclaim_nowhere:thing\n", "cannot be loaded"),
        ("other = counterclaim_example:WORDS\n", "it is no function"),
        ("acled = counterclaim_example:WORDS\n", ""),
    ],
)
def test_plugins_that_cannot_be_used_say_whose_fault_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, what: str
) -> None:
    folder = install(tmp_path / "site")
    other = tmp_path / "other" / "counterclaim_other-1.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: counterclaim-other\nVersion: 1\n")
    (other / "entry_points.txt").write_text(f"[counterclaim.exporters]\n{line}")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.syspath_prepend(str(other.parent))
    name = line.split(maxsplit=1)[0]
    if not what:  # a package cannot stand in for a format of the house's own
        assert find_format(name).write.__module__ == "counterclaim.exchange.acled"
        return
    with pytest.raises(PluginError, match=what):
        find_format(name)


def test_plugins_an_unknown_format_is_refused_by_name() -> None:
    result = CliRunner().invoke(app, ["export", "claims", "-f", "kml"])
    assert isinstance(result.exception, CounterclaimError)
    assert "'kml' is unknown" in str(result.exception)


def counterclaim_read(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join((str(SOURCE), str(folder)))
    return subprocess.run(
        [sys.executable, "-m", "counterclaim.cli.app", "read", "--rules-only", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": paths},
    )


REPORT = "The Lanterns averred on Tuesday that its fighters had taken the bridge at Testville from the army.\n"


@pytest.mark.slow
@pytest.mark.usefixtures("installed")
def test_plugins_lexicon_by_name_is_read_and_signed(installed: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, "utf-8")
    told = counterclaim_read(installed, str(report), "--lexicon", "kestria", "-f", "json")
    assert told.returncode == 0, told.stderr
    reading = json.loads(told.stdout)
    assert set(reading["signature"]) >= {"lexicon/words/verbs.yaml", "lexicon/words/parties.yaml"}
    (said,) = [item for item in reading["attributions"] if item["stance"] == "state"]
    assert "Lantern Brigade" in json.dumps(said["speakers"])
    plain = counterclaim_read(installed, str(report), "-f", "json")
    assert "Lantern Brigade" not in plain.stdout
    assert "lexicon/words/verbs.yaml" not in plain.stdout


@pytest.mark.slow
def test_plugins_lexicon_that_is_wrong_is_told(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "verbs.yaml").write_text("- {id: aver, verb: aver, sort: speech}\n", "utf-8")
    told = counterclaim_read(tmp_path, "nothing.txt", "--lexicon", str(own))
    assert told.returncode == 2
    assert (
        "own/verbs.yaml: an entry is not as the shipped ones are (KeyError: 'stance')"
        in told.stderr
    )
    assert "Traceback" not in told.stderr
