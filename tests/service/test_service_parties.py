"""Party search: however a person writes a name, the ledger's own is found, or others are offered."""

import pytest

from counterclaim.service.parties import UnknownPartyError, find_party, fold, spellings


class Names:
    """A ledger as far as its names go."""

    def __init__(self, *roots: str) -> None:
        self.roots = roots

    @property
    def facts(self) -> "Names":
        return self

    def party_names(self) -> tuple[str, ...]:
        return self.roots


KEPT = (
    "Armenia",
    "Azerbaijan",
    "Hamas",
    "Islamic State",
    "Israel",
    "Palestine (Gaza)",
    "Russia",
    "Sudan",
)


def find(words: str, *roots: str) -> str:
    return find_party(Names(*(roots or KEPT)), words)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "root"),
    [
        ("azerbaijan", "Azerbaijan"),
        ("AZERBAIJAN", "Azerbaijan"),
        ("Azeri", "Azerbaijan"),
        ("azerbaijanis", "Azerbaijan"),
        ("Baku", "Azerbaijan"),
        ("  baku ", "Azerbaijan"),
        ("the Kremlin", "Russia"),
        ("Russia's", "Russia"),
        ("IDF", "Israel"),
        ("isis", "Islamic State"),
        ("Daesh", "Islamic State"),
        ("al-qassam brigades", "Hamas"),
        ("Gaza Strip", "Palestine (Gaza)"),
        ("palestine (gaza)", "Palestine (Gaza)"),
        ("Khartoum", "Sudan"),
        ("Armenian defence ministry", "Armenia"),
        ("Armenia/Ministry of Defence", "Armenia"),
        ("Ministry of Defence, Armenia", "Armenia"),
        ("the Russian army", "Russia"),
        ("foreign ministry of Azerbaijan", "Azerbaijan"),
    ],
)
def test_party_search_forgives_spelling(words: str, root: str) -> None:
    assert find(words) == root


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("Isreal", "Israel"),
        ("Palestine", "Palestine (Gaza)"),
        ("Azerbeijan", "Azerbaijan"),
        ("Hammas", "Hamas"),
    ],
)
def test_party_search_offers_what_may_be_meant(words: str, offered: str) -> None:
    with pytest.raises(UnknownPartyError, match="did you mean") as caught:
        find(words)
    assert offered in caught.value.offered


def test_party_search_does_not_guess() -> None:
    with pytest.raises(UnknownPartyError, match="look for its words"):
        find("Zzyzx")
    with pytest.raises(UnknownPartyError):
        find("")
    with pytest.raises(UnknownPartyError, match="no claim names"):
        find("Baku", "Armenia")


def test_party_search_asks_where_words_name_several() -> None:
    several = next((words, roots) for words, roots in spellings().items() if len(roots) > 1)
    with pytest.raises(UnknownPartyError, match="more than one party"):
        find(several[0], *several[1])


def test_party_search_prefers_the_name_itself() -> None:
    assert find("Palestine", "Palestine", "Palestine (Gaza)") == "Palestine"
    assert fold("The Gambia") == "gambia"


@pytest.mark.parametrize(
    ("words", "root"),
    [
        ("kestrian", "Kestria"),
        ("Kestrians", "Kestria"),
        ("the Kestrian army", "Kestria"),
        ("Olinese", "Oline"),
        ("VELMORAN", "Velmora"),
        ("Ostish", "Ost"),
    ],
)
def test_parties_peoples_of_lands_that_no_list_has(words: str, root: str) -> None:
    assert find(words, "Kestria", "Oline", "Velmora", "Velmoran Health Ministry", "Ost") == root


@pytest.mark.parametrize(
    ("words", "roots"),
    [("Nigerian", ("Niger", "Mali")), ("Kestrial", ("Kestria",)), ("Ost river", ("Ost",))],
)
def test_parties_no_people_is_made_up_for_a_known_land(words: str, roots: tuple[str, ...]) -> None:
    with pytest.raises(UnknownPartyError):
        find(words, *roots)
