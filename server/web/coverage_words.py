"""Why a stretch wasn't heard, in words, and the small letter that stands for it."""

from collections.abc import Mapping
from typing import Final

from server.projection.lost_time import Loss
from server.web.catalogue.catalogue import load_catalogue
from server.web.dose_words import Reason
from server.web.pages import LANGUAGE

t = load_catalogue(LANGUAGE).t

LOSSES: Final[Mapping[str, Reason]] = {
    Loss.LATE_STRAP: Reason("l", t("late strap: she had none on yet")),
    Loss.STRAP_OFF: Reason("o", t("strap off, or between two straps")),
    Loss.RADIO: Reason("r", t("radio: what the strap sent didn't reach the gateway")),
    Loss.BATTERY: Reason("b", t("battery: the strap had said that it was low")),
    Loss.CONTACT: Reason("c", t("contact: the strap wasn't on skin")),
    Loss.VALUES: Reason(
        "v", t("values that are no measurement: flat, jumping, unreadable, out of range")
    ),
    Loss.GATEWAY: Reason("g", t("gateway or server: down, full or damaged")),
    Loss.SILENCE: Reason("s", t("silence: nothing came in, and nobody said why")),
}
_SHORT: Final[Mapping[str, str]] = {
    Loss.LATE_STRAP: t("late strap"),
    Loss.STRAP_OFF: t("strap off"),
    Loss.RADIO: t("radio"),
    Loss.BATTERY: t("battery"),
    Loss.CONTACT: t("contact"),
    Loss.VALUES: t("no measurement"),
    Loss.GATEWAY: t("gateway or server"),
    Loss.SILENCE: t("silence"),
}


def name_loss(loss: str) -> str:
    """In a word or two."""
    return _SHORT.get(loss, loss.replace("_", " "))


def tell_seconds(seconds: float) -> str:
    """In seconds up to a minute and a half, then in minutes."""
    if seconds < 90:
        return t("{n} s", n=round(seconds))
    return t("{n} min", n=round(seconds / 60))


def tell_losses(lost_s: Mapping[Loss, float] | Mapping[str, float]) -> str:
    """Each cause with how long, the most first; empty where nothing is explained."""
    told = [f"{name_loss(loss)} {tell_seconds(seconds)}" for loss, seconds in lost_s.items()]
    return ", ".join(told)
