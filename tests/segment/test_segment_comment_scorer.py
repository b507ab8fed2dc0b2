import pytest

from counterclaim.segment.comment_continuation import LINKS
from counterclaim.segment.comment_scorer import FEATURES, score_line
from counterclaim.segment.line_features import Manner, describe_line, manner_of

PLAIN = Manner(frozenset({"never", "both", "all"}), frozenset())


def fired(words: str, manner: Manner = PLAIN) -> set[str]:
    return {feature.name for feature in score_line(describe_line(words, manner)).fired}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("12 Comments", "heading"),
        ("Toma says:", "stamp"),
        ("what a mess they made of it.", "small-start"),
        ("They will never give it back to us", "no-stop"),
        ("They took my house.", "i"),
        ("We never learn.", "we"),
        ("The facts are against you.", "you"),
        ("Who armed them?", "question"),
        ("They left!", "exclamation"),
        ("They NEVER left.", "capitals"),
        ("Yeah, right.", "talk"),
        ("They don’t care.", "short-forms"),
        ("They should leave.", "judging"),
        ("Great article.", "the-piece"),
        ("They left!!", "marks"),
        ("You are mistaken, sir.", "answer"),
        ("The ministry said so.", "attribution"),
        ("“We did not fire at anybody on that hill,” he said.", "quotation"),
        ("It fired on Tuesday.", "weekday"),
        ("Gen. Orsa left.", "office"),
        ("Two " + "soldiers " * 20 + "left.", "even"),
        ("Read more: the truce", "furniture"),
    ],
)
def test_features_fire_on_what_they_name(words: str, name: str) -> None:
    assert name in fired(words)


def test_features_cover_the_table() -> None:
    names = [feature.name for feature in FEATURES]
    assert len(names) == len(set(names))
    assert all(feature.test.__doc__ for feature in FEATURES)
    assert all(link.test.__doc__ for link in LINKS)


def test_features_do_not_look_into_quotations() -> None:
    line = "“I never saw you there! Who are you?” a spokesman said."
    assert not fired(line) & {"i", "you", "question", "exclamation"}


def test_features_take_capitals_for_stress_only_on_ordinary_words() -> None:
    assert "capitals" not in fired("The UN left.")
    assert "capitals" not in fired("THEY NEVER LEFT.")


def test_features_leave_transcripts_to_their_speakers() -> None:
    lines = ["VELM: I think you know why!", "RILL: Why?", "VELM: You tell me!", "RILL: I won’t."]
    manner = manner_of("\n".join(lines), lines)
    assert manner.labels == {"VELM: ", "RILL: "}
    assert not fired(lines[0], manner) & {"i", "you", "exclamation"}


def test_score_is_the_sum_of_its_features() -> None:
    scored = score_line(describe_line("what a mess", PLAIN))
    assert scored.score == pytest.approx(sum(f.weight for f in scored.fired))
    assert score_line(describe_line("Two convoys left at dawn.", PLAIN)).score == 0
