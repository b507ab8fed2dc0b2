"""Files: the weights that come with the package, checked before they are run."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from counterclaim.errors import CounterclaimError
from counterclaim.model.labels import LAYOUT
from counterclaim.model.networks import OnnxNetworks
from counterclaim.model.tagger import Tagger
from counterclaim.records.problem import Problem

FOLDER = Path(str(files("counterclaim.model"))) / "data"
"""Where the shipped files are."""
CONFIG, ENCODER, ROLES, TOKENIZER = "config.json", "encoder.onnx", "roles.onnx", "tokenizer.json"


class ModelFilesError(CounterclaimError):
    """The model's files are missing, altered, or of another version."""


@dataclass(frozen=True, slots=True)
class OpenedTagger:
    """A tagger, or none and why."""

    tagger: Tagger | None = None
    problem: Problem | None = None
    """``no-model`` when the files cannot serve: the reading goes on by rules alone, and says so."""


@cache
def open_model(folder: Path = FOLDER, *, threads: int = 1) -> OpenedTagger:
    """Open the model once; never fails, but says why there is none.

    Args:
        folder: With config.json, encoder.onnx, roles.onnx and tokenizer.json.
        threads: Threads that one pass through the networks may use.
    """
    try:
        return OpenedTagger(tagger=load_tagger(folder, threads=threads))
    except ModelFilesError as error:
        return OpenedTagger(problem=Problem("no-model", f"read by rules alone, because {error}"))


def load_tagger(folder: Path, *, threads: int = 1) -> Tagger:
    """Open a model and check that its files are those that its config was written for.

    Raises:
        ModelFilesError: If a file is missing or altered, the layout is another, or a library
            cannot read it.
    """
    config = _read_config(folder)
    _check_hashes(folder, config["sha256"])
    try:
        return _assemble(folder, config, threads)
    except Exception as error:  # both libraries raise bare or private exceptions
        msg = f"the model in {folder} cannot be run ({type(error).__name__}: {error}); install the package anew"
        raise ModelFilesError(msg) from error


def _assemble(folder: Path, config: Mapping[str, Any], threads: int) -> Tagger:
    from tokenizers import Tokenizer  # noqa: PLC0415 - heavy; only a reading needs it

    return Tagger(
        OnnxNetworks(folder / ENCODER, folder / ROLES, threads=threads),
        Tokenizer.from_file(str(folder / TOKENIZER)),
        max_pieces=config["max_pieces"],
        cue_bias=config["cue_bias"],
        name=f"{config['name']} {config['sha256'][ENCODER][:12]}",
    )


def _read_config(folder: Path) -> Mapping[str, Any]:
    try:
        config: dict[str, Any] = json.loads((folder / CONFIG).read_text("utf-8"))
    except (OSError, ValueError) as error:
        msg = f"the model's {CONFIG} cannot be read in {folder}; install the package anew"
        raise ModelFilesError(msg) from error
    if config.get("layout") != LAYOUT:
        msg = f"the model in {folder} has layout {config.get('layout')}, and this version reads {LAYOUT}; export it anew"
        raise ModelFilesError(msg)
    return config


def _check_hashes(folder: Path, expected: Mapping[str, str]) -> None:
    """Compare each file with the hash in the config: altered weights would speak in our name."""
    for name in (ENCODER, ROLES, TOKENIZER):
        try:
            digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            msg = f"the model's {name} is missing in {folder}; install the package anew"
            raise ModelFilesError(msg) from error
        if digest != expected[name]:
            msg = f"the model's {name} in {folder} is not the file its {CONFIG} was written for; install the package anew"
            raise ModelFilesError(msg)
