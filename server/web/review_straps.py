"""Who is said to have worn which strap, on the session's axis, and where that is in doubt. Pure."""

from collections.abc import Mapping
from typing import Final

from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from server.sessions.domain.holding import Holding
from server.sessions.domain.wearing import list_overlaps
from server.web.catalogue.spoken import t
from server.web.review_context import Strap
from server.web.review_told import Told

WORN: Final = "worn"
DISPUTED: Final = "disputed"


def list_straps(told: Told, code: str | None = None) -> list[Strap]:
    """What she wore, or everybody, by time."""
    overlaps = list_overlaps(told.holdings)
    doubted = {event for one in overlaps for event in one["events"]}
    worn = [
        one
        for one in told.holdings.of_kind("wearing")
        if code is None or one.value["participant"] == code
    ]
    worn.sort(key=lambda one: (one.value["from"], one.about))
    return [_view_strap(told, one, is_doubted=one.about in doubted) for one in worn]


def name_strap(labels: Mapping[str, str], serial: str) -> str:
    """By its number where it has one."""
    label = labels.get(serial)
    return t("strap {n}", n=label or serial)


def _view_strap(told: Told, held: Holding, *, is_doubted: bool) -> Strap:
    value = held.value
    ends = value["until"] or format_utc_ms(max(told.ends_ms, parse_utc_ms(value["from"])))
    name = name_strap(told.labels, value["strap"])
    words = t("{name}, serial {serial}", name=name, serial=value["strap"])
    if held.is_disputed:
        words = t("{words}: two versions, and nobody has decided", words=words)
    elif is_doubted:
        words = t("{words}: two people at once, so its values are nobody's", words=words)
    kind = DISPUTED if is_doubted or held.is_disputed else WORN
    return Strap(
        value["from"], ends, kind, name, words, held.about, held.event.id, value["strap"]
    )  # fmt: skip
