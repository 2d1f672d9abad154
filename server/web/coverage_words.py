"""Why a stretch wasn't heard, in words, and the small letter that stands for it."""

from collections.abc import Mapping
from typing import Final

from server.projection.lost_time import Loss
from server.study.fields.words import label
from server.web.catalogue.spoken import Wording, t
from server.web.dose_words import Reason

LOSSES: Final[Mapping[str, Reason]] = {
    Loss.LATE_STRAP: Reason("l", label("late strap: she had none on yet")),
    Loss.STRAP_OFF: Reason("o", label("strap off, or between two straps")),
    Loss.RADIO: Reason("r", label("radio: what the strap sent didn't reach the gateway")),
    Loss.BATTERY: Reason("b", label("battery: the strap had said that it was low")),
    Loss.CONTACT: Reason("c", label("contact: the strap wasn't on skin")),
    Loss.VALUES: Reason(
        "v", label("values that are no measurement: flat, jumping, unreadable, out of range")
    ),
    Loss.GATEWAY: Reason("g", label("gateway or server: down, full or damaged")),
    Loss.SILENCE: Reason("s", label("silence: nothing came in, and nobody said why")),
}
_SHORT: Final[Mapping[str, str]] = Wording(
    lambda: {
        Loss.LATE_STRAP: t("late strap"),
        Loss.STRAP_OFF: t("strap off"),
        Loss.RADIO: t("radio"),
        Loss.BATTERY: t("battery"),
        Loss.CONTACT: t("contact"),
        Loss.VALUES: t("no measurement"),
        Loss.GATEWAY: t("gateway or server"),
        Loss.SILENCE: t("silence"),
    }
)


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
