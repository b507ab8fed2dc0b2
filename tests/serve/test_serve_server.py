"""Running: nobody but this machine reaches a workbench without accounts."""

from pathlib import Path

import pytest

from counterclaim.ledger.errors import NoLedgerError
from counterclaim.records.finding import Status
from counterclaim.serve import Settings, create_app
from counterclaim.serve.rules import RULES
from counterclaim.serve.server import OpenHostError, check_host


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.1.2.3"])
def test_serve_local_hosts_need_no_accounts(host: str) -> None:
    check_host(Settings(ledger="x", host=host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "ost.example", ""])
def test_serve_open_hosts_need_accounts(host: str) -> None:
    with pytest.raises(OpenHostError, match="--team"):
        check_host(Settings(ledger="x", host=host))
    check_host(Settings(ledger="x", host=host, team=True, https=True))


def test_serve_a_missing_ledger_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoLedgerError, match="init"):
        create_app(Settings(ledger=str(tmp_path / "none.db")))


def test_serve_rules_are_the_statuses_in_order() -> None:
    assert tuple(rule.status for rule in RULES) == Status.__args__  # type: ignore[attr-defined]
    assert sorted({rule.number for rule in RULES}) == list(range(1, 13))
    assert [rule.number for rule in RULES if rule.is_first] == list(range(1, 13))
