"""Load: two hundred readers and a writer at one workbench, each reader three pages at once; how long they wait."""

import asyncio
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from bench.reports import write_reports
from counterclaim.ledger import open_ledger
from counterclaim.pipeline.resources import load_tools
from counterclaim.records.judgement import Judgement
from counterclaim.service.incremental_linking import link_into_ledger

READERS, EACH, WRITES = 200, 3, 40
PAGES = (
    "/",
    "/incidents",
    "/casualties",
    "/timeline",
    "/ceasefires",
    "/positions",
    "/sources",
    "/map",
    "/actors",
)
REPORTS = 40


def run_load(
    readers: int = READERS, writes: int = WRITES, filled: str | None = None
) -> Mapping[str, object]:
    """Fill a ledger, serve it in a process of its own, and read it by many while it is written to.

    Args:
        readers: Who read at once.
        writes: Judgements filed meanwhile.
        filled: A ledger to copy instead of filling one.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "kept.db")
        if filled is not None:
            shutil.copy(filled, path)
        claims = fill(path, Path(folder)) if filled is None else _claims(path)
        port = _free_port()
        server = subprocess.Popen(
            (
                sys.executable,
                "-m",
                "counterclaim.cli.app",
                "serve",
                "--ledger",
                path,
                "--port",
                str(port),
            ),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(port)
            told = asyncio.run(_read_all(port, path, claims, readers, writes))
        finally:
            server.terminate()
            _, _, used = os.wait4(server.pid, 0)
        return {
            **told,
            "processor seconds of the server, its start with it": round(
                used.ru_utime + used.ru_stime, 1
            ),
        }


def fill(path: str, folder: Path) -> list[str]:
    """File invented reports; give the ids of their claims."""
    with open_ledger(path, create=True) as ledger:
        for reading in write_reports(folder / "reports.jsonl", REPORTS, load_tools()):
            ledger.post(reading, link_into_ledger(reading))
    return _claims(path)


def _claims(path: str) -> list[str]:
    with open_ledger(path) as ledger:
        return [entry.claim.id for entry in ledger.claims(limit=500).rows]


async def _read_all(
    port: int, path: str, claims: list[str], readers: int, writes: int
) -> Mapping[str, object]:
    times: list[float] = []
    failures = 0

    async def reader(number: int) -> None:
        nonlocal failures
        for step in range(EACH):
            began = time.perf_counter()
            status = await _get(port, PAGES[(number + step) % len(PAGES)])
            times.append(time.perf_counter() - began)
            failures += status != 200

    async def writer() -> None:
        for number in range(writes):
            await asyncio.to_thread(_write, path, claims[number % len(claims)], number)
            await asyncio.sleep(0.02)

    first = time.perf_counter()
    await _get(port, "/")
    cold = time.perf_counter() - first
    began = time.perf_counter()
    await asyncio.gather(writer(), *(reader(number) for number in range(readers)))
    took = time.perf_counter() - began
    with open_ledger(path) as ledger:
        faults = len(ledger.verify())
    cuts = statistics.quantiles(times, n=100)
    return {
        "readers at once": readers,
        "pages asked": len(times),
        "writes beside": writes,
        "failures": failures,
        "faults of the ledger afterwards": faults,
        "first page, ms": round(cold * 1000),
        "p50, ms": round(cuts[49] * 1000),
        "p95, ms": round(cuts[94] * 1000),
        "longest, ms": round(max(times) * 1000),
        "seconds in all": round(took, 2),
        "load of the machine before": round(os.getloadavg()[0], 1),
        "cores": os.cpu_count(),
    }


def _write(path: str, claim: str, number: int) -> None:
    with open_ledger(path) as ledger:
        ledger.judge(Judgement(subject=claim, verdict="note", reason=f"remark {number}", by="Ada"))


async def _get(port: int, page: str) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET {page} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
    )
    await writer.drain()
    answer = await reader.read()
    writer.close()
    return int(answer.split(b" ", 2)[1]) if answer else 0


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait(port: int) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("the workbench did not start")
