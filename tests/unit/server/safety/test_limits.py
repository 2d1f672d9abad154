"""Limits as a file: what isn't one is refused whole, and one text stands for one set of values."""

import pytest

from server.errors import RuleError
from server.safety.limits import (
    SafetyLimits,
    compute_limits_digest,
    decode_limits,
    encode_limits,
    parse_limits,
)

WHOLE = """
hr_ceiling_bpm = 150
rpe_alert = 14
rpe_hold = 16
[hr_ceiling_bpm_of]
P07 = 130
"""


def test_what_a_file_holds() -> None:
    assert parse_limits(WHOLE) == SafetyLimits(150, 14, 16, {"P07": 130})
    assert parse_limits("").is_empty
    assert not parse_limits("rpe_hold = 16").is_empty


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hr_ceiling_bpm = 20", "hr_ceiling_bpm"),
        ("hr_ceiling_bpm = '150'", "hr_ceiling_bpm"),
        ("rpe_alert = 21", "whole numbers 6 to 20"),
        ("rpe_hold = 5", "whole numbers 6 to 20"),
        ("rpe_hold = 15.5", "rpe_hold"),
        ("rpe_alert = 17\nrpe_hold = 16", "held before anybody"),
        ("[hr_ceiling_bpm_of]\np07 = 130", "P01 to P999"),
        ("[hr_ceiling_bpm_of]\nMaryam = 130", "P01 to P999"),
        ("[hr_ceiling_bpm_of]\nP07 = 300", "hr_ceiling_bpm_of"),
        ("hr_ceiling = 150", "did you mean 'hr_ceiling_bpm'"),
        ("hr_ceiling_bpm = ", "not TOML"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_what_is_wrong(text: str, told: str) -> None:
    with pytest.raises(RuleError, match=told):
        parse_limits(text)


def test_the_hash_is_of_the_values_and_not_of_how_they_were_typed() -> None:
    content = encode_limits(parse_limits(WHOLE))
    assert content == (
        '{"hr_ceiling_bpm":150,"hr_ceiling_bpm_of":{"P07":130},"rpe_alert":14,"rpe_hold":16}'
    )
    # As sha256sum of GNU coreutils says of that line.
    assert compute_limits_digest(content) == (
        "591b59fd511a88335e0048680b6370899523c4848292f2c29ddff3e11c1753a4"
    )
    other_order = "rpe_hold = 16\nrpe_alert = 14\nhr_ceiling_bpm = 150\nhr_ceiling_bpm_of.P07 = 130"
    assert encode_limits(parse_limits(other_order)) == content
    assert encode_limits(parse_limits(WHOLE.replace("150", "151"))) != content
    assert decode_limits(content) == parse_limits(WHOLE)
