"""What a strap says of one set, in words. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from server.dose.movement.posture import Posture
from server.projection.person_postures import BY_AXES
from server.web.catalogue.spoken import Wording, t

_POSTURES: Final[Mapping[str, str]] = Wording(
    lambda: {
        Posture.UPRIGHT: t("upright {n} s"),
        Posture.LEANING: t("leaning {n} s"),
        Posture.LYING: t("lying {n} s"),
    }
)


def tell_station(sensed: Mapping[str, Any] | None) -> str:
    """Of a StationSensed as JSON; nothing where nothing was sensed of it."""
    return "" if sensed is None else ", ".join(_list_parts(sensed))


def _list_parts(sensed: Mapping[str, Any]) -> Iterator[str]:
    """What is missing is left out here: gaps say why, and the JSON has each reason."""
    enmo_mg, mad_mg = (sensed[name]["value"] for name in ("enmo_mg", "mad_mg"))
    if enmo_mg is not None and mad_mg is not None:
        yield t(
            "ENMO {enmo} mg, MAD {mad} mg", enmo=format(enmo_mg, ".0f"), mad=format(mad_mg, ".0f")
        )
    mean_bpm, share = (sensed[name]["value"] for name in ("mean_hr_bpm", "mean_hrr"))
    if mean_bpm is not None:
        yield t("mean heart rate {n} bpm", n=format(mean_bpm, ".0f"))
    if share is not None:
        yield t("{n} % of her reserve", n=format(100 * share, ".0f"))
    lasting = [
        words.replace("{n}", f"{sensed['posture_s'].get(posture, 0.0):.0f}")
        for posture, words in _POSTURES.items()
        if sensed["posture_s"].get(posture, 0.0) >= 1
    ]
    if lasting and sensed["upright"] == BY_AXES:
        lasting.append(t("upright by the axes of an H10"))
    yield from lasting
