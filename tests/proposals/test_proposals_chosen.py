"""Which second reader is meant: given, by the environment, or by a settings file that is the user's own."""

import os
from pathlib import Path

import pytest

from counterclaim.proposals import SecondReaderError, Wishes, choose_second_reader
from counterclaim.proposals.chosen import settings_file

HERE = "http://127.0.0.1:8080/v1"
THERE = "https://models.example/v1"
SECRET = "sk-tell-nobody-1234"


def own(folder: Path, words: str) -> dict[str, str]:
    """Write a settings file; return the environment that names it."""
    path = folder / "settings.toml"
    path.write_text(words, "utf-8")
    path.chmod(0o600)
    return {"COUNTERCLAIM_SETTINGS": str(path)}


def table(*lines: str) -> str:
    return "\n".join(("[second-reader]", *lines, ""))


def test_proposals_nobody_is_asked_where_nothing_names_an_endpoint(tmp_path: Path) -> None:
    assert choose_second_reader(Wishes(), environment=own(tmp_path, "")) is None
    only_model = own(tmp_path, table('model = "tiny"', 'policy = "first-wins"'))
    assert choose_second_reader(Wishes(), environment=only_model) is None


def test_proposals_settings_file_names_all(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text(SECRET, "utf-8")
    key.chmod(0o600)
    told = own(
        tmp_path,
        table(
            f'url = "{THERE}"', 'model = "tiny"', 'policy = "agreed-only"', "most-calls = 3", "most-tokens = 900",
            'key-file = "key"',
        ),
    )  # fmt: skip
    found = choose_second_reader(Wishes(), environment=told)
    assert found is not None
    assert (found.url, found.model, found.policy) == (THERE, "tiny", "agreed-only")
    assert (found.budget.calls, found.budget.tokens) == (3, 900)
    assert found.key is not None
    assert found.key.header() == f"Bearer {SECRET}"
    assert SECRET not in repr(found)
    assert str(tmp_path / "settings.toml") in found.sending
    assert "--second-reader none" in found.sending


def test_proposals_what_is_given_stands_over_environment_and_file(tmp_path: Path) -> None:
    told = own(tmp_path, table(f'url = "{HERE}"', 'model = "filed"', "most-calls = 3"))
    told |= {"COUNTERCLAIM_SECOND_READER": THERE, "COUNTERCLAIM_SECOND_READER_MODEL": "varied"}
    found = choose_second_reader(Wishes(), environment=told)
    assert found is not None
    assert (found.url, found.model, found.budget.calls) == (THERE, "varied", 3)
    assert "$COUNTERCLAIM_SECOND_READER says" in found.sending
    given = choose_second_reader(
        Wishes(url=HERE, model="said", policy="first-wins", calls=9), environment=told
    )
    assert given is not None
    assert (given.url, given.model, given.policy) == (HERE, "said", "first-wins")
    assert given.budget.calls == 9
    assert "none: not this time" not in given.sending


@pytest.mark.parametrize("where", ["given", "environment"])
def test_proposals_none_asks_nobody(where: str, tmp_path: Path) -> None:
    told = own(tmp_path, table(f'url = "{HERE}"', 'model = "tiny"'))
    if where == "environment":
        told["COUNTERCLAIM_SECOND_READER"] = "none"
    given = Wishes(url="none") if where == "given" else Wishes()
    assert choose_second_reader(given, environment=told) is None


def test_proposals_key_and_model_of_the_file_go_to_its_own_endpoint_alone(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text(SECRET, "utf-8")
    key.chmod(0o600)
    told = own(tmp_path, table(f'url = "{THERE}"', 'model = "tiny"', f'key-file = "{key}"'))
    other = choose_second_reader(
        Wishes(url="https://other.example/v1", model="m"), environment=told
    )
    assert other is not None
    assert other.key is None
    with pytest.raises(SecondReaderError, match="name the model"):
        choose_second_reader(Wishes(url="https://other.example/v1"), environment=told)
    same = choose_second_reader(Wishes(url=THERE), environment=told)
    assert same is not None
    assert (same.model, same.key is None) == ("tiny", False)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f'key = "{SECRET}"', "a key does not belong here"),
        (f'api_key = "{SECRET}"', "a key does not belong here"),
        ('modle = "m"', "did you mean model"),
        ("model = 3", "model is words"),
        ('most-calls = "9"', "most-calls is a whole number"),
        ("most-calls = true", "most-calls is a whole number"),
        (f"url = {SECRET}", "is not TOML"),
        ("url = 'ftp://a'", "begins with http"),
        ("url = 'http://127.0.0.1/v1'\nmodel = 'm'\npolicy = 'mine'", "is unknown: choose one of"),
        ("url = 'http://127.0.0.1/v1'\nmodel = 'm'\nmost-calls = 0", "at least one call"),
    ],
)
def test_proposals_settings_that_cannot_be_used_are_told(
    line: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(SecondReaderError, match=told) as caught:
        choose_second_reader(Wishes(), environment=own(tmp_path, table(line)))
    assert SECRET not in str(caught.value)


def test_proposals_settings_of_another_table_or_form_are_told(tmp_path: Path) -> None:
    with pytest.raises(SecondReaderError, match=r"it may have \[second-reader\]"):
        choose_second_reader(Wishes(), environment=own(tmp_path, "[second_reader]\n"))
    with pytest.raises(SecondReaderError, match="is a table"):
        choose_second_reader(Wishes(), environment=own(tmp_path, 'second-reader = "x"\n'))
    with pytest.raises(SecondReaderError, match="cannot read the settings"):
        choose_second_reader(Wishes(), environment={"COUNTERCLAIM_SETTINGS": str(tmp_path / "no")})


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_proposals_settings_that_others_can_write_are_refused(mode: int, tmp_path: Path) -> None:
    told = own(tmp_path, table(f'url = "{HERE}"', 'model = "tiny"'))
    (tmp_path / "settings.toml").chmod(mode)
    with pytest.raises(SecondReaderError, match="others can write"):
        choose_second_reader(Wishes(), environment=told)


def test_proposals_no_file_of_the_folder_at_hand_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(tmp_path, table(f'url = "{HERE}"', 'model = "tiny"'))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert settings_file({}).resolve().parent != tmp_path.resolve()
    assert choose_second_reader(Wishes(), environment={}) is None
