"""Results: figures kept in the tree, written by the commands that measure them."""

import json
from collections.abc import Mapping
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def keep(name: str, figures: Mapping[str, object]) -> None:
    """Write one command's figures to ``bench/results/NAME.json``."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
