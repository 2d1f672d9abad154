"""The scale of effort as a tablet shows it, with the wording that the study licensed. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from protocol.training.anchors import AnchorPack, name_anchor_pack

# The ledger's name of a scale, and the packs'.
_PACKS: Final = {"borg_6_20": "borg_6_20", "cr10": "borg_cr10"}


def add_anchors(effort: Mapping[str, Any], packs: Mapping[str, AnchorPack]) -> dict[str, Any]:
    """`effort` with the words of the pack of its scale, where there is one, in place of its own.

    Licensed words are never mixed with others: a number that the pack has no words for has none.
    """
    pack = packs.get(_PACKS[effort["scale"]])
    if pack is None:
        return {**effort, "language": None}
    return {
        **effort,
        "words": {f"{anchor.number:g}": anchor.words for anchor in pack.anchors},
        "anchor_pack": name_anchor_pack(pack),
        "language": pack.language,
    }
