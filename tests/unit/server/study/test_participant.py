import pytest

from protocol.identifiers import parse_participant_code
from server.errors import RuleError
from server.study.participant import (
    SHAPES,
    Arm,
    Flag,
    Participant,
    check_arm,
    check_flags,
    check_sign,
    require_distinct,
)


def participant(number: int, sign: str, strap: str | None = None) -> Participant:
    return Participant(parse_participant_code(f"P{number:02d}"), sign, Arm.TRAINING, (), strap)


@pytest.mark.parametrize(("typed", "sign"), [("Fig", "Fig"), (" tea ", "Tea"), ("انجیر", "انجیر")])
def test_a_sign_is_a_word(typed: str, sign: str) -> None:
    assert check_sign(typed) == sign


@pytest.mark.parametrize(
    "sign", ["", "F", "Fig tree", "Fig7", "P07", "Pomegranatetree", "★", "=Fig"]
)
def test_what_is_no_word_is_no_sign(sign: str) -> None:
    with pytest.raises(RuleError, match="a sign is one word"):
        check_sign(sign)


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_no_sign_is_a_shape_because_shapes_mean_a_straps_state(shape: str) -> None:
    with pytest.raises(RuleError, match="is a shape"):
        check_sign(shape.title())


def test_flags_and_arms_are_those_of_their_lists() -> None:
    assert check_flags(["hr_unreliable", " heat_sensitive"]) == tuple(Flag)
    assert check_flags([""]) == ()
    assert check_arm("control") is Arm.CONTROL
    with pytest.raises(RuleError, match="no flag 'tired'; choose from: heat_sensitive, hr"):
        check_flags(["tired"])
    with pytest.raises(RuleError, match="training or control"):
        check_arm("A")


def test_signs_and_usual_straps_are_one_persons_each() -> None:
    require_distinct(
        [participant(1, "Fig", "8AA87D20"), participant(2, "Tea"), participant(3, "Sea")]
    )
    with pytest.raises(RuleError, match="P01 has the sign fig already; choose another for P02"):
        require_distinct([participant(1, "Fig"), participant(2, "fig")])
    with pytest.raises(RuleError, match="strap 8AA87D20 is usually worn by P01 already"):
        require_distinct([participant(1, "Fig", "8AA87D20"), participant(2, "Tea", "8AA87D20")])
