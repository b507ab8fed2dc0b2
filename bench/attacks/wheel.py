"""The wheel, put by stock pip into an empty environment of each Python that is here, and given a page to read."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

PYTHONS = ("3.11", "3.12", "3.13")

PAGE = (
    "<html><head><title>Varn</title><meta property='article:published_time' content='2031-05-04'></head><body><article>"
    "<p>Ardenia's defence ministry said on Monday that 12 Kestrian soldiers were killed near Varn.</p>"
    "<p>Kestria denied it and said that Ardenia had shelled Ost, killing four civilians.</p></article></body></html>"
)

LONGEST = 1_800


def run_wheel(root: Path) -> Mapping[str, object]:
    """Build the wheel, install it on each Python, and have it read a page.

    Args:
        root: Of the source tree.
    """
    told: dict[str, object] = {}
    for version in PYTHONS:
        python = find_python(version)
        if python is None:
            told[version] = "not here"
            continue
        with tempfile.TemporaryDirectory() as folder:
            told[version] = try_python(python, root, Path(folder))
    return told


def find_python(version: str) -> str | None:
    """Return the interpreter of a version that is on the path or in pyenv's folder."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    kept = sorted(pyenv.glob(f"{version}.*/bin/python{version}"))
    return str(kept[-1]) if kept else shutil.which(f"python{version}")


def try_python(python: str, root: Path, folder: Path) -> Mapping[str, object]:
    """Install and read in a folder; give what came of it."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    clean["COUNTERCLAIM_CACHE"] = str(folder / "cache")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            cwd=folder,
            env=clean,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )

    began = time.monotonic()
    made = run(python, "-m", "venv", str(folder / "venv"))
    pip = str(folder / "venv" / "bin" / "python")
    if made.returncode == 0:
        made = run(pip, "-m", "pip", "wheel", "--no-deps", "-w", str(folder), str(root))
    wheels = list(folder.glob("*.whl"))
    if made.returncode or not wheels:
        return {"skipped": _last(made.stderr)}
    installed = run(pip, "-m", "pip", "install", str(wheels[0]))
    if installed.returncode:
        is_offline = (
            "Failed to establish" in installed.stderr
            or "No matching distribution" in installed.stderr
        )
        return {"skipped" if is_offline else "not installed": _last(installed.stderr)}
    (folder / "page.html").write_text(PAGE, "utf-8")
    told: dict[str, object] = {
        "pip": run(pip, "-m", "pip", "--version").stdout.split()[1],
        "seconds to install": round(time.monotonic() - began),
    }
    for name in ("first", "second"):
        began = time.monotonic()
        read = run(str(folder / "venv" / "bin" / "counterclaim"), "read", "page.html", "-f", "json")
        told[f"seconds of the {name} run"] = round(time.monotonic() - began, 1)
        if name == "first":
            told["says that it builds the index"] = "index of place names" in read.stderr
        told["read"] = _is_read(read)
        if not told["read"]:
            told["failed with"] = _last(read.stderr or read.stdout)
            break
    return told


def _is_read(read: subprocess.CompletedProcess[str]) -> bool:
    try:
        return read.returncode == 0 and "12 Kestrian soldiers" in json.dumps(
            json.loads(read.stdout)
        )
    except ValueError:
        return False


def _last(words: str) -> str:
    return words.strip().splitlines()[-1][:300] if words.strip() else "nothing was said"
