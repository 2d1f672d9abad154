"""A licensed pack takes the place of the study's own words, whole and only on its own scale."""

from protocol.training.anchors import Anchor, AnchorPack
from server.study.anchor_words import add_anchors

OWN = {"scale": "borg_6_20", "words": {"6": "rest", "20": "all"}, "anchor_pack": "none"}
PACK = AnchorPack("borg_6_20", "fa", "77-A", "Uni", (Anchor(6, "w6"), Anchor(13, "w13")))
OTHER = AnchorPack("borg_cr10", "fa", "77-B", "Uni", (Anchor(0, "w0"), Anchor(0.5, "w05")))


def test_without_a_pack_the_studys_own_end_words_and_none() -> None:
    assert add_anchors(OWN, {}) == {**OWN, "language": None}
    assert add_anchors(OWN, {"borg_cr10": OTHER}) == {**OWN, "language": None}


def test_words_of_a_pack_are_never_mixed_with_others() -> None:
    assert add_anchors(OWN, {"borg_6_20": PACK, "borg_cr10": OTHER}) == {
        "scale": "borg_6_20",
        "words": {"6": "w6", "13": "w13"},
        "anchor_pack": "borg_6_20 fa 77-A",
        "language": "fa",
    }


def test_the_ledgers_cr10_is_the_packs_borg_cr10() -> None:
    told = add_anchors({**OWN, "scale": "cr10"}, {"borg_cr10": OTHER})
    assert told["words"] == {"0": "w0", "0.5": "w05"}
