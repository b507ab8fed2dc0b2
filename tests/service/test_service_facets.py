"""Facets: rows are narrowed and counted as a plain walk through them would."""

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.service.facets import Facets, narrowed

LETTERS = st.lists(st.sampled_from("abcd"), max_size=3, unique=True)
ROWS = st.lists(st.tuples(LETTERS, LETTERS, st.booleans()), max_size=20)


@given(ROWS, st.sampled_from("abcd"), st.sampled_from("abcd"))
def test_service_facets_agree_with_a_plain_walk(
    rows: list[tuple[list[str], list[str], bool]], left: str, right: str
) -> None:
    facets = Facets(("left", "right"), ("place",))
    for place, (lefts, rights, stays) in enumerate(rows):
        row = facets.add({"left": lefts, "right": rights}, {"place": place})
        if not stays:
            facets.drop(row)
    frozen = facets.frozen()
    chosen = {"left": frozen.holding("left", left), "right": frozen.holding("right", right)}
    kept = [(lefts, rights) for lefts, rights, stays in rows if stays]
    both = narrowed(frozen.alive, chosen)
    assert int(both.sum()) == sum(left in lefts and right in rights for lefts, rights in kept)
    counted = frozen.count("left", narrowed(frozen.alive, chosen, "left"), 10)
    plain = {
        letter: number
        for letter in "abcd"
        if (number := sum(letter in lefts and right in rights for lefts, rights in kept))
    }
    assert {item.value: item.rows for item in counted} == plain
    assert [item.rows for item in counted] == sorted(plain.values(), reverse=True)


def test_service_facets_give_what_was_added_since() -> None:
    facets = Facets(("kind",), ("day",))
    facets.add({"kind": ["a"]}, {"day": 1})
    before = facets.frozen()
    facets.add({"kind": ["a"]}, {"day": 2})
    assert len(before.alive) == 1
    assert facets.frozen().count("kind", facets.frozen().alive, 5)[0].rows == 2
