"""Groups: the same in any order, right against brute force, and never against a judgement."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.link.clustering import Groups
from counterclaim.records.link import SamenessJudgement, Verdict

NAMES = [f"c-{letter}" for letter in "abcdefg"]
Ties = list[tuple[str, str, float]]

ties = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(
        lambda pair: pair[0] < pair[1]
    ),
    st.sampled_from([0.1, 0.4, 0.6, 0.8, 0.95]),
    max_size=14,
).map(lambda rows: [(left, right, chance) for (left, right), chance in rows.items()])


def judged(verdict: Verdict, left: str, right: str, minute: int = 0) -> SamenessJudgement:
    return SamenessJudgement(
        verdict=verdict,
        left=left,
        right=right,
        by="reader",
        at=datetime(2031, 5, 4, 12, minute, tzinfo=UTC),
    )


def grouped(
    rows: Ties, judgements: list[SamenessJudgement] | None = None
) -> tuple[tuple[str, ...], ...]:
    groups = Groups(0.5, judgements or [])
    for name in NAMES:
        groups.add(name)
    for left, right, chance in rows:
        groups.tie(left, right, chance)
    return groups.all_groups()


@given(rows=ties, data=st.data())
def test_link_groups_are_the_same_in_any_order(rows: Ties, data: st.DataObject) -> None:
    assert grouped(rows) == grouped(data.draw(st.permutations(rows)))


@given(rows=ties, data=st.data())
def test_link_groups_asked_for_on_the_way_end_the_same(rows: Ties, data: st.DataObject) -> None:
    groups = Groups(0.5)
    for name in data.draw(st.permutations(NAMES)):
        groups.add(name)
    for left, right, chance in rows:
        groups.tie(left, right, chance)
        groups.group_of(left)
    assert groups.all_groups() == grouped(rows)


def brute_force(rows: Ties) -> tuple[tuple[str, ...], ...]:
    """Join the two groups with the highest mean chance until none reaches a half; no blocking, no heap."""
    chance = {frozenset((left, right)): value for left, right, value in rows}
    found: list[tuple[str, ...]] = [(name,) for name in NAMES]
    while True:
        best = max(
            (
                (
                    round(
                        sum(chance.get(frozenset((a, b)), 0.0) for a in one for b in two)
                        / (len(one) * len(two)),
                        12,
                    ),
                    one,
                    two,
                )
                for one in found
                for two in found
                if one < two
            ),
            key=lambda row: (row[0], [-ord(letter) for letter in row[1][0] + row[2][0]]),
            default=(0.0, (), ()),
        )
        if best[0] < 0.5:
            return tuple(sorted(found))
        found = [group for group in found if group not in best[1:]]
        found.append(tuple(sorted(best[1] + best[2])))


@given(rows=ties)
def test_link_groups_equal_brute_force(rows: Ties) -> None:
    assert grouped(rows) == brute_force(rows)


@given(rows=ties, pair=st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)))
def test_link_judgement_wins_over_every_chance(rows: Ties, pair: tuple[str, str]) -> None:
    left, right = pair
    if left == right:
        return
    merged = grouped(rows, [judged("merge", left, right)])
    assert any({left, right} <= set(group) for group in merged)
    split = grouped(rows, [judged("split", left, right)])
    assert not any({left, right} <= set(group) for group in split)


def test_link_later_judgement_overrules_an_earlier_one() -> None:
    rows = [
        judged("merge", "c-a", "c-b", 1),
        judged("merge", "c-b", "c-c", 2),
        judged("split", "c-a", "c-c", 3),
    ]
    groups = Groups(0.5, rows)
    assert groups.all_groups() == (("c-a",), ("c-b", "c-c"))
    assert [problem.code for problem in groups.problems()] == ["overruled"]


def test_link_judgement_given_late_takes_hold() -> None:
    groups = Groups(0.5)
    for name in ("c-a", "c-b"):
        groups.add(name)
    groups.tie("c-a", "c-b", 0.9)
    assert groups.all_groups() == (("c-a", "c-b"),)
    groups.judge(judged("split", "c-a", "c-b"))
    assert groups.all_groups() == (("c-a",), ("c-b",))


@pytest.mark.parametrize("middle", [0.6, 0.9])
def test_link_a_chain_is_not_one_happening(middle: float) -> None:
    found = grouped([("c-a", "c-b", middle), ("c-b", "c-c", middle), ("c-c", "c-d", middle)])
    assert max(map(len, found)) == 2
