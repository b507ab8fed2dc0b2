"""Ground: outlines thinned, clipped and given by the level that a zoom wants."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.atlas.frontiers import country_at, load_outlines
from counterclaim.atlas.ground import (
    FINEST,
    Points,
    clip,
    country_rings,
    level_of,
    pack_ground,
    rings_in,
    simplify,
    steps_of,
)

SQUARE = np.array([(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)])
WINDOW = np.array([(1.0, 1.0), (9.0, 1.0), (9.0, 9.0), (1.0, 9.0)])


def area(points: Points) -> float:
    x, y = points[:-1, 0], points[:-1, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def test_atlas_ground_clips_to_what_both_hold() -> None:
    found = clip(SQUARE, WINDOW)
    assert area(found) == pytest.approx(9)
    assert np.array_equal(found[0], found[-1])
    assert len(clip(SQUARE, WINDOW + 100)) == 0
    assert area(clip(SQUARE, WINDOW * 100 - 200)) == pytest.approx(16)


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=3, max_size=12))
def test_atlas_ground_clipped_lies_inside_the_window(corners: list[tuple[float, float]]) -> None:
    found = clip(np.array([*corners, corners[0]]), WINDOW)
    if len(found):
        assert found.min() >= 1 - 1e-6
        assert found.max() <= 9 + 1e-6


def test_atlas_ground_thinned_lines_stay_near_and_end_where_they_began() -> None:
    outline = max(load_outlines(), key=lambda item: len(item.points))
    thin = simplify(outline.points, 0.2)
    assert 3 < len(thin) < len(outline.points) / 5
    assert np.array_equal(thin[0], thin[-1])
    assert abs(area(thin) / area(outline.points) - 1) < 0.02


def test_atlas_ground_gives_more_detail_the_nearer_one_looks() -> None:
    assert [level_of(zoom) for zoom in (0, 3, 4, 7, 8, 11)] == [0, 0, 1, 1, 2, 2]
    box = (43.0, 38.0, 47.0, 42.0)
    counts = [
        sum(len(ring.points) for ring in rings_in(box, level) if ring.country == "AM")
        for level in range(FINEST + 1)
    ]
    assert counts == sorted(counts)
    assert counts[0] < counts[1] < counts[2]
    for ring in rings_in(box, FINEST):
        assert box[0] - 1e-6 <= ring.points[:, 0].min()
        assert ring.points[:, 1].max() <= box[3] + 1e-6
    assert {"AM", "AZ", "TR", "GE"} <= {ring.country for ring in rings_in(box, 1)}
    assert country_rings("XX") == ()


def test_atlas_ground_is_the_one_that_the_outlines_make() -> None:
    from importlib.resources import files

    kept = files("counterclaim.atlas").joinpath("data/ground.json.gz").read_bytes()
    assert pack_ground() == kept


def test_atlas_ground_steps_lead_round_again() -> None:
    (ring,) = country_rings("AM")[:1]
    steps = np.array(steps_of(ring)).reshape(-1, 2)
    assert np.allclose(np.cumsum(steps, axis=0) / 1000, ring, atol=0.001)
    middle = ring[:-1].mean(axis=0)
    assert country_at(float(middle[1]), float(middle[0])) in {"AM", "AZ"}
