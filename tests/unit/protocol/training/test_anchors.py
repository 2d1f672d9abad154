import pytest

from protocol.errors import PlanError
from protocol.training.anchors import name_anchor_pack, parse_anchor_pack

PACK = """
scale = "borg_6_20"
language = "en"
licence = "TEST-1"
licensee = "a study of the tests"
anchors = [{ number = 6, words = "left end" }, { number = 20, words = "right end" }]
"""


def test_a_pack_has_language_licence_and_words() -> None:
    pack = parse_anchor_pack(PACK)
    assert (pack.language, pack.licence) == ("en", "TEST-1")
    assert [(one.number, one.words) for one in pack.anchors] == [(6, "left end"), (20, "right end")]
    assert name_anchor_pack(pack) == "borg_6_20 en TEST-1"


def test_without_a_pack_the_export_says_none() -> None:
    assert name_anchor_pack(None) == "none"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('licence = "TEST-1"', 'licence = ""', "licence"),
        ('licence = "TEST-1"', "", "licence: missing"),
        ("number = 20", "number = 21", "21 isn't a number of borg_6_20"),
        ("number = 20", "number = 6", "each number once"),
        ("number = 6", "number = 7.5", "7.5 isn't a number"),
        (', { number = 20, words = "right end" }', "", "at least the two ends"),
        ('scale = "borg_6_20"', 'scale = "omni"', "scale"),
        ("number = 20", "number = 20, colour = 1", "there is no such key"),
    ],
)
def test_a_pack_that_cannot_be_shown_is_refused(old: str, new: str, told: str) -> None:
    assert old in PACK
    with pytest.raises(PlanError, match=told):
        parse_anchor_pack(PACK.replace(old, new))


def test_the_0_to_10_scale_has_its_own_numbers() -> None:
    text = PACK.replace("borg_6_20", "borg_cr10").replace("number = 20", "number = 10")
    assert parse_anchor_pack(text.replace("number = 6", "number = 0.5")).anchors[0].number == 0.5
    with pytest.raises(PlanError, match="20 isn't"):
        parse_anchor_pack(PACK.replace("borg_6_20", "borg_cr10"))
