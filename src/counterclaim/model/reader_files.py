"""Reader files: the reader's weights that come with the package, checked before they are run."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from counterclaim.model.files import FOLDER as TAGGER_FOLDER
from counterclaim.model.files import TOKENIZER, ModelFilesError
from counterclaim.model.heads import Heads, Reader, check_shapes
from counterclaim.model.labels import Floats
from counterclaim.model.reading import ReportWindow
from counterclaim.records.problem import Problem

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

LAYOUT = 1
"""Version of heads and labels; files of another layout are refused."""
FOLDER = TAGGER_FOLDER / "reader"
"""Where the shipped files are; the tokenizer is the tagger's."""
CONFIG, ENCODER, HEADS = "config.json", "encoder.onnx", "heads.npz"


@dataclass(frozen=True, slots=True)
class OpenedReader:
    """A reader, or none and why."""

    reader: Reader | None = None
    problem: Problem | None = None
    """``no-model`` when the files cannot serve."""


@cache
def open_reader(folder: Path = FOLDER, *, threads: int = 1) -> OpenedReader:
    """Open the reader once; never fails, but says why there is none.

    Args:
        folder: With config.json, encoder.onnx and heads.npz.
        threads: Threads that one pass through the encoder may use.
    """
    try:
        return OpenedReader(reader=load_reader(folder, threads=threads))
    except ModelFilesError as error:
        return OpenedReader(
            problem=Problem(
                "no-model", f"figures and events are read by rules alone, because {error}"
            )
        )


def load_reader(folder: Path, *, threads: int = 1) -> Reader:
    """Open a reader and check that its files are those that its config was written for.

    Raises:
        ModelFilesError: If a file is missing or altered, or of another layout.
    """
    try:
        config: dict[str, Any] = json.loads((folder / CONFIG).read_text("utf-8"))
        files = {name: (folder / name).read_bytes() for name in (ENCODER, HEADS)}
    except (OSError, ValueError) as error:
        msg = f"the reader's files cannot be read in {folder}; install the package anew"
        raise ModelFilesError(msg) from error
    if config.get("layout") != LAYOUT:
        msg = f"the reader in {folder} has layout {config.get('layout')}, and this version reads {LAYOUT}; export it anew"
        raise ModelFilesError(msg)
    for name, words in files.items():
        if hashlib.sha256(words).hexdigest() != config["sha256"][name]:
            msg = f"the reader's {name} in {folder} is not the file its {CONFIG} was written for; install the package anew"
            raise ModelFilesError(msg)
    try:
        return _assemble(folder, config, threads)
    except Exception as error:  # the libraries raise bare or private exceptions
        msg = f"the reader in {folder} cannot be run ({type(error).__name__}: {error}); install the package anew"
        raise ModelFilesError(msg) from error


def _assemble(folder: Path, config: dict[str, Any], threads: int) -> Reader:
    import onnxruntime  # noqa: PLC0415 - a third of a second that --help must not pay
    from tokenizers import Tokenizer  # noqa: PLC0415 - heavy; only a reading needs it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        folder / ENCODER, options, providers=["CPUExecutionProvider"]
    )
    with np.load(folder / HEADS, allow_pickle=False) as stored:
        weights = {name: stored[name].astype(np.float32) for name in stored.files}
    check_shapes(weights)
    return Reader(
        _OnnxEncoder(session),
        Heads(weights),
        Tokenizer.from_file(str(TAGGER_FOLDER / TOKENIZER)),
        most_pieces=config["most_pieces"],
        name=f"{config['name']} {config['sha256'][ENCODER][:12]}",
    )


@dataclass(frozen=True, slots=True)
class _OnnxEncoder:
    session: "InferenceSession"

    def __call__(self, windows: Sequence[ReportWindow]) -> list[Floats]:
        """Run windows one by one: those of a report are few and alike in length."""
        return [self._run(window) for window in windows]

    def _run(self, window: ReportWindow) -> Floats:
        ids = np.array([window.ids], dtype=np.int64)
        found = self.session.run(["hidden"], {"ids": ids, "mask": np.ones_like(ids)})
        return cast("Floats", found[0][0])
