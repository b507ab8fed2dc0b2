"""The gate lets through what may tell of armed conflict, in any war and manner, and little else."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from counterclaim.gate import GateError, open_gate
from counterclaim.gate.features import BUCKETS, HEAD, hash_words
from counterclaim.gate.model import DATA

WAR = [
    "Artillery hit the market of Vardenis on Tuesday, killing four civilians, the defence ministry said.",
    "The rebels took the bridge at dawn and hold nineteen government soldiers, their spokesman claimed.",
    "A truce of 72 hours came into force at noon; both armies accused each other of breaking it by evening.",
    "An air strike on the hospital wounded thirty patients. The coalition denied that its jets were over the town.",
    "Insurgents ambushed an army convoy in the northern province. The general staff admitted eleven dead.",
    "Day 41. Shelling all night. They say our boys gave up the ridge. Nobody from brigade picks up the phone.",
    "COMMUNIQUE No. 12. Our fighters repelled the enemy's assault and destroyed two armoured vehicles.",
    "Peacekeepers reported that the two sides exchanged mortar fire across the ceasefire line for a third day.",
]
OTHER = [
    (
        "The coach was pleased with a one-sided final. His striker scored twice before the break, the keeper saved a penalty, and "
        "the visitors never looked like coming back. Season tickets for next year go on sale on Monday."
    ),
    (
        "Shares fell by four percent after the supermarket chain warned that the price war would cut its profit. Analysts expect it "
        "to close shops. The company opened ninety stores last year and employs eleven thousand people."
    ),
    (
        "The council approved a new library on the old market square. Building will begin in spring and cost nine million. Residents "
        "had asked for a swimming pool instead, and some of them want a vote."
    ),
    (
        "Simmer the lentils for half an hour, then add lemon and cumin. Serve with flat bread and a salad of tomatoes, onions and mint. "
        "Leftovers keep for two days and taste better on the second."
    ),
    (
        "The film follows a detective who hunts a thief through Vienna. The photography is beautiful, the music less so, and the ending "
        "will surprise nobody who has read the novel. It opens in cinemas on Friday."
    ),
    (
        "Release 2.1 fixes a crash when a table is dropped, and adds a command that lists open connections. Users of older versions "
        "should upgrade. The developers thank everyone who reported bugs and translated the manual."
    ),
    (
        "Astronomers have measured water vapour around a planet twice as large as the Earth. It circles a dim red star once every month. "
        "A new telescope will look for methane, the researchers write in a journal."
    ),
    (
        "The senator ended her campaign for the presidency after a poor result in the primary. She thanked her volunteers and did not "
        "endorse another candidate. Polls see the governor ahead in most states."
    ),
]


@pytest.mark.parametrize("text", WAR)
def test_gate_lets_war_pass(text: str) -> None:
    assert open_gate().lets_pass(text)


@pytest.mark.parametrize("text", OTHER)
def test_gate_lets_other_news_go(text: str) -> None:
    assert not open_gate().lets_pass(text)


@pytest.mark.parametrize("text", WAR)
def test_gate_lets_war_pass_within_a_page(text: str) -> None:
    furniture = (
        "Home News World Sport Business Sign in Subscribe Share on Facebook Most read Cookies "
    )
    assert open_gate().lets_pass(furniture * 2 + text)


@pytest.mark.parametrize("text", ["", " ", "….!?", "12 34", "Война и мир", "\ud800", "the and of"])
def test_gate_lets_what_has_no_words_go(text: str) -> None:
    assert not open_gate().lets_pass(text)


def test_gate_looks_at_the_beginning_alone() -> None:
    assert open_gate().score("x " * HEAD + WAR[0]) == open_gate().score("x " * HEAD)


def test_gate_counts_a_word_once() -> None:
    assert hash_words("war war war") - hash_words("war war") == set()
    assert all(0 <= bucket < BUCKETS for bucket in hash_words(" ".join(WAR)))


def test_gate_takes_another_threshold() -> None:
    gate = open_gate()
    assert gate.at(99.0).score(WAR[0]) == gate.score(WAR[0])
    assert not gate.at(99.0).lets_pass(WAR[0])


def test_gate_card_holds_what_is_asked_of_it() -> None:
    card = open_gate().card
    assert card["recall, left out by war"] >= 0.995
    assert set(card) >= {"recall by war", "recall by kind of text", "let through by source"}


def test_gate_says_what_to_do_when_its_weights_are_gone(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="install the package anew"):
        open_gate(tmp_path)


def test_gate_refuses_weights_of_another_size(tmp_path: Path) -> None:
    shutil.copy(DATA / "gate.json", tmp_path)
    np.savez(tmp_path / "gate.npz", codes=np.zeros(7, np.int8))
    with pytest.raises(GateError, match="7 weights"):
        open_gate(tmp_path)


def test_gate_refuses_a_broken_card(tmp_path: Path) -> None:
    shutil.copy(DATA / "gate.npz", tmp_path)
    (tmp_path / "gate.json").write_text(json.dumps([1])[:2], "utf-8")
    with pytest.raises(GateError, match="cannot be read"):
        open_gate(tmp_path)
