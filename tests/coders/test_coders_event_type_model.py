"""The learned typer of events: what it says of a sentence does not hang on the order of its features."""

import itertools

import numpy as np

from counterclaim.coders.events.event_type_model import EventTypeModel, bucket, packed


def test_typer_says_the_same_whatever_the_order_of_features() -> None:
    names = ["u=shell", "m.root=fire", "t0=ASSAULT", "v=agree"]
    weights = np.zeros((1 << 14, 2), np.float32)
    for at, name in enumerate(names):
        weights[bucket(name)] = [10.0 ** (3 * at), -(10.0 ** (3 * at))]
    typer = EventTypeModel(("ASSAULT", "AGREE"), weights, np.array([0.1, 0.7], np.float32))
    guesses = [typer.read(order) for order in itertools.permutations(names)]
    assert len({guess.chances.tobytes() for guess in guesses}) == 1
    assert len({guess.names for guess in guesses}) == 1


def test_typer_weights_survive_packing_within_half_a_step() -> None:
    weights = np.linspace(-2, 2, 8, dtype=np.float32).reshape(4, 2)
    archive = packed(("A", "B"), weights, np.zeros(2, np.float32))
    unpacked = archive["weights"].astype(np.float32) * archive["scale"]
    assert np.abs(unpacked - weights).max() <= archive["scale"].max() / 2 + 1e-6
