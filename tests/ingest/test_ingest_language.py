import pytest

from counterclaim.ingest.language import is_english

ENGLISH = (
    "Kestrian guns shelled the pass above Varn on Tuesday and two soldiers were killed, the Ardenian "
    "ministry said. It was the third attack of the week. Nobody would say what happened at the front, "
    "and villagers who had fled to the town said they were waiting for news of their houses."
)
OTHERS = {
    "german": (
        "Die Armee hat am Dienstag den Pass über dem Tal beschossen, und zwei Soldaten wurden dabei "
        "getötet, wie das Ministerium am Abend sagte. Es war der dritte Angriff in dieser Woche. Was "
        "an der Front geschieht, will niemand sagen, und die Lage bleibt so unklar wie zuvor."
    ),
    "french": (
        "L’armée a bombardé mardi le col au-dessus de la vallée et deux soldats ont été tués, a déclaré "
        "le ministère. C’était la troisième attaque de la semaine. Personne ne veut dire ce qui se "
        "passe sur le front, et la situation reste aussi confuse qu’avant, selon les habitants."
    ),
    "dutch": (
        "Het leger heeft dinsdag de pas boven het dal beschoten en twee soldaten werden daarbij gedood, "
        "zei het ministerie. Het was de derde aanval van de week. Niemand had over de schade iets te "
        "zeggen, of het moest de burgemeester zijn, die er was toen het begon."
    ),
    "russian": "Армия обстреляла перевал над долиной во вторник, и двое солдат погибли. " * 3,
    "chinese": "周二军队炮击了山谷上方的山口，两名士兵丧生，国防部说。" * 5,
}


TELEGRAM = """Kestrian rockets hit four Ardenian provinces.
- Varn: Two civilians killed; five soldiers wounded.
- Ost Ratha: One civilian killed; four injured.
- Si Osk: One soldier killed, two wounded."""
LOSSES = """Losses, Monday: soldiers killed: 14; wounded: 32; missing: 5; tanks destroyed: 3; drones: 12; rockets: 40;
villages shelled: 8; houses hit: 61; civilians killed: 2; wounded: 9; children: 1; army total: 46; police: 4"""


def test_language_knows_english() -> None:
    assert is_english(ENGLISH)
    assert is_english(ENGLISH.upper())


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_language_knows_what_is_not_english(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize("text", ["", "14 23 555"])
def test_language_leaves_short_texts_alone(text: str) -> None:
    assert is_english(text)


def test_language_refuses_two_sentences_of_another_language() -> None:
    assert not is_english(
        "Das Ministerium sagte am Dienstag, dass bei dem Angriff zwei Soldaten getötet worden seien. "
        "Die andere Seite bestritt dies noch am Abend."
    )


def test_language_lets_a_headline_without_small_words_pass() -> None:
    assert is_english(
        "Ardenia strikes Kestria: 23 soldiers killed, Ost says; Varn denies firing first"
    )


@pytest.mark.parametrize(
    "text",
    [
        TELEGRAM,
        LOSSES,
    ],
)
def test_language_does_not_refuse_telegraphic_english(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bitte nicht stören.",
        "Варн",
        "Der Bürgermeister hat die Stadt verlassen.",
        "La ciudad fue bombardeada ayer por la noche.",
        "Les rebelles ont quitté la ville hier soir.",
        "كيف حالك",
    ],
)
def test_language_refuses_other_languages_of_any_length(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kidnapped: Senator Jorge G.",
        "War bulletin no. 12",
        "Surin: two killed, four hurt.",
        "Drone kills 3 US troops in Jordan",
        "Sorn, Ostrel, Upper Kolm.",
    ],
)
def test_language_never_refuses_short_english(text: str) -> None:
    assert is_english(text)


HEADLINES = """Morning headlines, 8 August 2008
* Georgia says 30 killed in Russian air raid on Gori
* South Ossetian leader: 1,400 dead in Tskhinvali
* Moscow denies bombing civilian targets
* UN Security Council fails to agree on ceasefire call
* Ukraine to bar Russian ships from Sevastopol, ministry says
* Oil falls below $116
"""
TITELZEILEN = """Schlagzeilen vom 8. August 2008
* Georgien meldet 30 Tote bei Luftangriff auf Gori
* Moskau bestreitet Angriffe auf zivile Ziele
* Sicherheitsrat ohne Einigung auf Waffenruhe
* Ukraine will russische Schiffe aus Sewastopol verbannen
* Was der Krieg im August kostet: 200 Soldaten total
* Die Total Police West Sunday Show
"""


def test_language_takes_headlines_one_under_another_for_english() -> None:
    assert is_english(HEADLINES)


def test_language_refuses_headlines_of_another_language() -> None:
    assert not is_english(TITELZEILEN)
