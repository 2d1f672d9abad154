import pytest

from server.decoding.gap_ledger import Gap, GapCause, explain_gaps

LOST = Gap(100, 200, GapCause.DECLARED, "link_lost")
DOWN = Gap(180, 400, GapCause.DECLARED, "gateway_down")


def test_silence_has_the_cause_of_what_was_declared_over_most_of_it() -> None:
    found = [Gap(110, 190, GapCause.SILENCE), Gap(150, 300, GapCause.BEATS_MISSING)]
    assert explain_gaps(found, [LOST, DOWN]) == [
        Gap(110, 190, GapCause.DECLARED, "link_lost"),
        Gap(150, 300, GapCause.DECLARED, "gateway_down"),
    ]


@pytest.mark.parametrize(
    "gap",
    [
        Gap(110, 190, GapCause.OUT_OF_RANGE),  # something came, and was refused
        Gap(500, 600, GapCause.SILENCE),
        Gap(400, 500, GapCause.SILENCE),  # where one ends and the other begins is no overlap
    ],
)
def test_everything_else_keeps_its_own(gap: Gap) -> None:
    assert explain_gaps([gap], [LOST, DOWN]) == [gap]
    assert explain_gaps([gap], []) == [gap]


def test_a_gap_lasts_and_never_ends_before_it_begins() -> None:
    assert LOST.duration_ns == 100
    with pytest.raises(ValueError, match="end before"):
        Gap(2, 1, GapCause.SILENCE)
