"""Two women's straps may have been swapped: each one's heart is like the other's, not her own."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, Final

from server.projection.quality.finding import Hit
from server.projection.quality.history import FAR_BPM, find_usual, in_order
from server.projection.quality.seen import EveningSigns, HeartSigns

NEAR_BPM: Final = 10.0  # two SDs of a day's difference about her median. Inferred
SIGNS: Final = ("seated_bpm", "mean_bpm")

Earlier = dict[str, list[HeartSigns]]


def judge(evenings: Sequence[EveningSigns]) -> Iterator[tuple[str, Hit]]:
    """(session, hit) for each pair. A suspected evening is no history of either afterwards."""
    earlier: Earlier = {}
    for evening in in_order(evenings):
        hits = list(_judge_evening(evening, earlier))
        suspected = {code for hit in hits for code in hit.participants}
        for code, signs in evening.of.items():
            if code not in suspected:
                earlier.setdefault(code, []).append(signs)
        yield from ((evening.session, hit) for hit in hits)


def _judge_evening(evening: EveningSigns, earlier: Earlier) -> Iterator[Hit]:
    for one, other in combinations(sorted(evening.of), 2):
        found = [_compare(name, evening, earlier, (one, other)) for name in SIGNS]
        told = [sign for sign in found if sign is not None]
        if told and all(sign["fits_swapped"] for sign in told):
            yield Hit((one, other), "", {"signs": [_tell(sign) for sign in told]})


def _compare(
    name: str, evening: EveningSigns, earlier: Earlier, pair: tuple[str, str]
) -> dict[str, Any] | None:
    """None where a value is missing, or the two are too alike for it to tell them apart."""
    values, usual = [], []
    for code in pair:
        signs = evening.of[code]
        values.append(getattr(signs, name))
        usual.append(getattr(find_usual(earlier.get(code, []), signs.rating), name))
    if None in values or None in usual:
        return None
    if abs(usual[0] - usual[1]) <= FAR_BPM:
        return None
    own = [abs(value - hers) for value, hers in zip(values, usual, strict=True)]
    swapped = [abs(value - hers) for value, hers in zip(values, usual[::-1], strict=True)]
    fits_swapped = min(own) > FAR_BPM and max(swapped) <= NEAR_BPM
    return {"sign": name, "values": values, "usual": usual, "fits_swapped": fits_swapped}


def _tell(sign: dict[str, Any]) -> dict[str, Any]:
    return {
        "sign": sign["sign"],
        "values": [round(value) for value in sign["values"]],
        "usual": [round(value) for value in sign["usual"]],
    }
