"""Heads: probabilities of labels and of where spans point, over states made by hand."""

import numpy as np
import pytest

from counterclaim.model.heads import (
    BUCKETS,
    Heads,
    Readout,
    bucket,
    buckets_around,
    check_shapes,
    gelu,
    softmax,
)
from counterclaim.model.labels import Floats
from counterclaim.model.reading import CHOICES, POINTERS, SPECIALS, TAGS, ReportWindow
from counterclaim.records.text import Span

WIDTH, SPAN, SIZE = 8, 6, 4


def make_weights(seed: int = 1) -> dict[str, Floats]:
    chance = np.random.default_rng(seed)

    def draw(*shape: int) -> Floats:
        return (chance.normal(size=shape) * 0.3).astype(np.float32)

    found = {"span_hidden.weight": draw(SPAN, 3 * WIDTH), "span_hidden.bias": draw(SPAN)}
    for name, size in TAGS.items():
        found |= {
            f"tag_heads.{name}.weight": draw(size, WIDTH),
            f"tag_heads.{name}.bias": draw(size),
        }
    for name, size in CHOICES.items():
        found |= {
            f"choice_heads.{name}.weight": draw(size, SPAN),
            f"choice_heads.{name}.bias": draw(size),
        }
    for name in POINTERS:
        found |= {
            f"queries.{name}.weight": draw(SIZE, SPAN),
            f"queries.{name}.bias": draw(SIZE),
            f"keys.{name}.weight": draw(SIZE, WIDTH),
            f"keys.{name}.bias": draw(SIZE),
            f"specials.{name}": draw(len(SPECIALS), SIZE),
            f"special_bias.{name}": draw(len(SPECIALS)),
            f"distances.{name}": draw(2 * BUCKETS + 1),
        }
    return found


def make_readout(states: Floats | None = None) -> Readout:
    window = ReportWindow(
        ids=(101, 5, 102, 6, 7, 8, 102),
        offsets=((-1, -1), (-1, -1), (-1, -1), (0, 4), (5, 9), (10, 14), (-1, -1)),
        heading=(1, 2),
        core=(3, 6),
    )
    if states is None:
        states = np.random.default_rng(2).normal(size=(7, WIDTH)).astype(np.float32)
    return Readout(Heads(make_weights()), (window,), (states,))


def test_heads_choices_are_probabilities() -> None:
    sure = make_readout().choose("scope", Span(5, 9))
    assert sure is not None
    assert sure.shape == (CHOICES["scope"],)
    assert sure.sum() == pytest.approx(1)


def test_heads_pointed_pieces_and_specials_sum_to_one() -> None:
    pointed = make_readout().point("side", Span(5, 9))
    assert pointed is not None
    assert pointed.pieces.sum() + pointed.nothing + pointed.both == pytest.approx(1, abs=1e-5)
    assert pointed.mass(Span(0, 14)) + pointed.heading() < 1


def test_heads_the_nearer_of_two_like_pieces_is_pointed_at_where_distance_alone_tells() -> None:
    states = np.ones((7, WIDTH), dtype=np.float32)
    readout = make_readout(states)
    weights = dict(readout.heads.weights)
    weights["distances.side"] = -np.abs(np.arange(2 * BUCKETS + 1) - BUCKETS).astype(np.float32)
    pointed = Readout(Heads(weights), readout.windows, readout.states).point("side", Span(0, 4))
    assert pointed is not None
    assert pointed.mass(Span(5, 9)) > pointed.mass(Span(10, 14))


def test_heads_words_outside_every_window_are_not_asked() -> None:
    readout = make_readout()
    assert readout.choose("scope", Span(100, 104)) is None
    assert readout.point("side", Span(100, 104)) is None
    assert readout.tag("event", Span(100, 104)) is None


def test_heads_runs_join_neighbours_with_one_label_and_leave_marks_out() -> None:
    readout = make_readout()
    weights = dict(readout.heads.weights)
    weights["tag_heads.party.weight"] = np.zeros((2, WIDTH), dtype=np.float32)
    weights["tag_heads.party.bias"] = np.array([0, 3], dtype=np.float32)
    (run,) = Readout(Heads(weights), readout.windows, readout.states).runs("party")
    assert run.span == Span(0, 14)
    assert run.probability == pytest.approx(float(softmax(np.array([0, 3], dtype=np.float32))[1]))


@pytest.mark.parametrize("distance", [0, 1, -1, 3, -9, 40, 300, -400])
def test_heads_buckets_stay_in_range_and_keep_the_direction(distance: int) -> None:
    found = int(bucket(np.array([distance]))[0])
    assert 0 <= found <= 2 * BUCKETS
    assert np.sign(found - BUCKETS) == np.sign(distance)


def test_heads_gelu_is_that_of_the_training() -> None:
    values = np.array([-3, -1, -0.5, 0, 0.5, 1, 3], dtype=np.float32)
    known = [-0.00404951, -0.15865525, -0.15426877, 0, 0.34573123, 0.84134475, 2.9959507]
    assert gelu(values) == pytest.approx(known, abs=1e-5)


def test_heads_of_other_labels_are_refused() -> None:
    weights = make_weights()
    check_shapes(weights)
    weights["choice_heads.scope.bias"] = np.zeros(9, dtype=np.float32)
    with pytest.raises(ValueError, match="scope"):
        check_shapes(weights)


def test_heads_spans_taken_in_together_are_read_as_one_by_one() -> None:
    together, alone = make_readout(), make_readout()
    together.know([Span(0, 4), Span(5, 9), Span(5, 9), Span(90, 94)])
    for span in (Span(0, 4), Span(5, 9)):
        one, other = together.choose("role", span), alone.choose("role", span)
        assert one is not None
        assert other is not None
        assert one == pytest.approx(other, abs=1e-6)
    assert together.choose("role", Span(90, 94)) is None


def test_heads_distances_around_a_span_are_those_of_each_piece() -> None:
    at = np.arange(300)
    for start, end in ((0, 1), (7, 12), (290, 300), (40, 41)):
        distance = np.minimum(at - start, 0) + np.maximum(at - (end - 1), 0)
        assert buckets_around(start, end, 300).tolist() == bucket(distance).tolist()
