"""Gaps of a session in words: of which stream, and why nothing is known."""

from collections.abc import Mapping
from typing import Final

from server.web.catalogue.spoken import Wording, t
from server.web.review_words import tell_unknown

_CAUSES: Final[Mapping[str, str]] = Wording(
    lambda: {
        "declared": t("the gateway reported a loss"),
        "silence": t("nothing came, and nobody said why"),
        "beats_missing": t("beats are missing"),
        "beats_repeated": t("beats came twice"),
        "no_contact": t("no contact with the skin"),
        "no_value": t("rows without a heart rate"),
        "out_of_range": t("values that no heart has"),
        "jump": t("jumps that no heart makes"),
        "flat": t("one value all the time"),
        "lost": t("samples were lost"),
        "unreadable": t("what came couldn't be read"),
        "clock_step": t("the strap's clock was set"),
        "reconnect": t("the link began anew"),
        "new_boot": t("the gateway began anew"),
    }
)
_REASONS: Final[Mapping[str, str]] = Wording(
    lambda: {
        "link_lost": t("out of reach, off or asleep"),
        "stream_stalled": t("connected, but nothing came"),
        "gateway_down": t("the gateway was off"),
        "journal_full": t("the gateway's disk was full"),
        "quarantined": t("the server refused it; the gateway keeps it"),
        "journal_damaged": t("damaged on the gateway's disk"),
    }
)
STREAMS: Final[Mapping[str, str]] = Wording(
    lambda: {"heart": t("Heart rate"), "movement": t("Movement")}
)


def tell_gap(cause: str, detail: str) -> str:
    """Why nothing is known; the gateway's reason where it gave one."""
    if detail:
        return _REASONS.get(detail, tell_unknown(detail))
    return _CAUSES.get(cause, tell_unknown(cause))
