"""The wording of a scale of effort, which a study licenses and loads; none is shipped."""

from typing import Annotated, Final

from msgspec import Meta, Struct

from protocol.errors import PlanError
from protocol.training.bounds import Name
from protocol.training.building import build
from protocol.training.effort import BORG_NUMBERS, CR10_NUMBERS
from protocol.training.toml_text import load_toml

NO_PACK: Final = "none"
_NUMBERS: Final = {"borg_6_20": [float(n) for n in BORG_NUMBERS], "borg_cr10": [*CR10_NUMBERS]}


class Anchor(Struct, frozen=True, forbid_unknown_fields=True):
    """The words beside one number."""

    number: float
    words: Name


class AnchorPack(Struct, frozen=True, forbid_unknown_fields=True):
    """Licensed wording in one language. `image` names the layout as the licensor supplies it."""

    scale: Annotated[str, Meta(pattern="^(borg_6_20|borg_cr10)$")]
    language: Annotated[str, Meta(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    licence: Name  # the number of the licence
    licensee: Name
    anchors: tuple[Anchor, ...]
    image: str = ""


def parse_anchor_pack(text: str) -> AnchorPack:
    """The pack in a TOML text. Raises PlanError with everything that is wrong."""
    wrong: list[str] = []
    pack = build(AnchorPack, load_toml(text), "", wrong)
    if pack is None:
        raise PlanError(wrong)
    numbers = [anchor.number for anchor in pack.anchors]
    strange = [n for n in numbers if n not in _NUMBERS[pack.scale]]
    wrong.extend(f"anchors: {n:g} isn't a number of {pack.scale}" for n in strange)
    if numbers != sorted(set(numbers)):
        wrong.append("anchors: each number once, from the least to the greatest")
    if len(numbers) < 2:  # noqa: PLR2004
        wrong.append("anchors: at least the two ends need words")
    if wrong:
        raise PlanError(wrong)
    return pack


def name_anchor_pack(pack: AnchorPack | None) -> str:
    """What an export says of the wording that was shown: `none`, or scale, language, licence."""
    return NO_PACK if pack is None else f"{pack.scale} {pack.language} {pack.licence}"
