"""Private: what a process leaves behind, and what it asks for, is what the pages say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from counterclaim.ingest.errors import ProxyError
from counterclaim.ingest.fetch import make_fetcher, make_poller
from counterclaim.ingest.http_client import check_no_proxy

ENTRIES = {
    "python": "import counterclaim; from counterclaim.model import open_model; assert open_model().tagger",
    "tools": "from counterclaim.pipeline.resources import load_tools; load_tools()",
    "reader": "from counterclaim.pipeline.reader_process import ReaderProcess\nr = ReaderProcess(); assert r.signature; r.close()",
}


@pytest.mark.slow
@pytest.mark.parametrize("entry", ENTRIES)
def test_private_nothing_is_left_in_the_home(tmp_path: Path, entry: str) -> None:
    from counterclaim.atlas.gazetteer import CACHE_VARIABLE, index_path
    from counterclaim.atlas.load import load_atlas

    load_atlas()
    home = tmp_path / "home"
    home.mkdir()
    names = (
        "HOME",
        "XDG_CACHE_HOME",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "TMPDIR",
    )
    environment = {**os.environ, **dict.fromkeys(names, str(home))}
    environment[CACHE_VARIABLE] = str(index_path().parent)
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    done = subprocess.run(
        [sys.executable, "-c", ENTRIES[entry]], env=environment, check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert [str(item) for item in home.rglob("*") if item.is_file()] == []


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
def test_private_a_proxy_is_never_passed_by(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for each in list(os.environ):
        if each.lower().endswith("_proxy"):
            monkeypatch.delenv(each)
    check_no_proxy("bugle.example", "https")
    monkeypatch.setenv(name, "socks5://127.0.0.1:9050")
    with pytest.raises(ProxyError, match=r"bugle\.example: the environment names a proxy"):
        make_fetcher()("https://bugle.example/a")
    with pytest.raises(ProxyError, match="save the page and give the file"):
        make_poller()("https://bugle.example/rss", {})
    monkeypatch.setenv("no_proxy", "bugle.example")
    check_no_proxy("bugle.example", "https")
    with pytest.raises(ProxyError):
        check_no_proxy("other.example", "https")
