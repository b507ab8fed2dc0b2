"""Runs attacks by name, and keeps the figure of each."""

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench.attacks.corruptions import list_damages, try_all
from bench.attacks.filled import fill
from bench.attacks.kills import run_kills
from bench.attacks.load import run_load
from bench.attacks.wheel import run_wheel
from bench.durability import postgresql_ledgers
from bench.results import keep
from counterclaim.ledger import open_ledger

ROOT = Path(__file__).parents[2]


def run_corruptions() -> Mapping[str, object]:
    """Damage every table, column, index and trigger of a ledger on each database."""
    told: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        path = str(folder / "kept.db")
        open_ledger(path, create=True).close()
        told["SQLite"] = _corrupt(path)
        (folder / "postgresql").mkdir()
        with postgresql_ledgers(folder / "postgresql") as make:
            told["PostgreSQL"] = _corrupt(make())
    return told


def _corrupt(address: str) -> Mapping[str, object]:
    with open_ledger(address) as ledger:
        fill(ledger)
        engine = ledger._engine
        with engine.connect() as connection:
            damages = list_damages(connection)
        return try_all(engine, damages)


ATTACKS: Mapping[str, Callable[[int], Mapping[str, Any]]] = {
    "corruptions": lambda _: run_corruptions(),
    "kills": run_kills,
    "load": lambda _: run_load(),
    "wheel": lambda _: run_wheel(ROOT),
}
"""Attacks by name. Hostile pages and texts, forged hosts, roles and addresses are tried by the tests themselves:
tests/ingest, tests/serve and tests/desk."""


def run_attacks(name: str, kills: int) -> int:
    """Run one attack, or all; 2 where there is none of the name.

    Args:
        name: Of the attack; ``all`` for all of them.
        kills: On each database.
    """
    wanted = list(ATTACKS) if name == "all" else [name]
    if not set(wanted) <= set(ATTACKS):
        print(f"there is no attack {name!r}: choose one of all, {', '.join(ATTACKS)}")
        return 2
    for one in wanted:
        told = {"command": f"python -m bench attacks {one}", **ATTACKS[one](kills)}
        keep(f"attacks-{one}", told)
        print(json.dumps(told, indent=1))
    return 0
