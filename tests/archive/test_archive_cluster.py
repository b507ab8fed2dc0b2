"""On Ray the bytes are those of one process, and what kills an actor fails alone."""

from pathlib import Path

import pytest

from counterclaim.archive.errors import WorkerError
from counterclaim.archive.run import code_archives
from tests.archive.test_archive_run import SETTINGS, WAR, code, files_of, write_archive
from tests.archive.workers import Quick

pytest.importorskip("ray")

from counterclaim.archive.cluster import LOCAL, RayCluster

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # of Ray's own making: sockets and log files left open
]


def test_cluster_bytes_are_those_of_one_process_and_poison_fails_alone(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "a.jsonl")
    code(archive, tmp_path / "one")
    poison = (
        WAR.format(place="Ost", number=99)
        + "MURDER in the hills and valleys of the north, they say."
    )
    poisoned = write_archive(tmp_path / "b.jsonl", 20, extra=(poison,))
    cluster = RayCluster(LOCAL, 2, SETTINGS, perform=Quick)
    manifest = code_archives(
        [str(archive)], tmp_path / "two", settings=SETTINGS, pool=cluster, part_items=15
    )
    assert manifest["outcomes"] == {"copy": 5, "not of war": 26, "read": 14}
    assert files_of(tmp_path / "two") == files_of(tmp_path / "one")
    cluster = RayCluster(LOCAL, 2, SETTINGS, perform=Quick)
    assert code(poisoned, tmp_path / "three", cluster)["outcomes"]["quarantined"] == 1


def test_cluster_that_is_not_there_says_so() -> None:
    with pytest.raises(WorkerError, match="check --ray"):
        RayCluster("127.0.0.1:1", 1, SETTINGS)
