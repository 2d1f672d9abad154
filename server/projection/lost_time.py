"""Where the time of her main phase went that nothing was heard of, by cause. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from protocol.messages.uplink import GapReason
from server.decoding.clocks.timed import SampleGapCause
from server.decoding.gap_ledger import GapCause

Span = tuple[float, float]  # seconds: the first is in it, the second isn't

# A level that a strap still sends from; some gauges go no lower for weeks. Inferred.
BATTERY_LOW_PCT: Final = 10


class Loss(StrEnum):
    """Why a stretch wasn't heard; each value is a word of the coverage map."""

    LATE_STRAP = "late_strap"  # she was there, and had no strap on yet
    STRAP_OFF = "strap_off"  # between two straps, or after the last
    RADIO = "radio"  # what the strap sent didn't reach the gateway
    BATTERY = "battery"  # the same, and the strap had said that its battery was low
    CONTACT = "contact"  # no skin, by the strap or by its beats
    VALUES = "values"  # something came that is no measurement
    GATEWAY = "gateway"  # a gateway or server was down, full or damaged
    SILENCE = "silence"  # nothing came, and nobody said why


_BY_REASON: Final[Mapping[str, Loss]] = {
    GapReason.LINK_LOST: Loss.RADIO,
    GapReason.STREAM_STALLED: Loss.RADIO,
    GapReason.GATEWAY_DOWN: Loss.GATEWAY,
    GapReason.JOURNAL_FULL: Loss.GATEWAY,
    GapReason.QUARANTINED: Loss.GATEWAY,
    GapReason.JOURNAL_DAMAGED: Loss.GATEWAY,
    GapReason.SERVER_LOST: Loss.GATEWAY,
}
_BY_CAUSE: Final[Mapping[str, Loss]] = {
    GapCause.SILENCE: Loss.SILENCE,
    GapCause.NO_CONTACT: Loss.CONTACT,
    SampleGapCause.LOST: Loss.RADIO,
    SampleGapCause.RECONNECT: Loss.RADIO,
    SampleGapCause.CLOCK_STEP: Loss.RADIO,
    SampleGapCause.NEW_BOOT: Loss.GATEWAY,
}


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch without values, with cause and detail as the gaps of her evening have them."""

    span: Span
    cause: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LostTime:
    """`expected_s`: how long she was there in the main phase. `lost_s`: by cause, the most first.

    They needn't add up to what coverage lacks: short holes have no cause.
    """

    expected_s: float = 0.0
    lost_s: Mapping[Loss, float] = field(default_factory=dict)

    @property
    def main_cause(self) -> Loss | None:
        """Of most of what is explained; None where nothing is."""
        return next(iter(self.lost_s), None)


@dataclass(frozen=True, slots=True)
class OneStream:
    """What is known of one stream of hers; seconds on one clock.

    `heard` is from its first value to its last, None where none came; `holes` are those inside;
    `declared` are gateways' gaps; `battery` are (when, percent) that her straps said.
    """

    heard: Span | None
    holes: Sequence[Hole] = ()
    declared: Sequence[Hole] = ()
    battery: Sequence[tuple[float, float]] = ()


def sum_lost_time(main: Sequence[Span], worn: Sequence[Span], stream: OneStream) -> LostTime:
    """Of the main phase's stretches in which she was there, none of which overlap."""
    lost: dict[Loss, float] = dict.fromkeys(Loss, 0.0)
    on = list(_intersect(main, _join(worn)))
    first_worn = min((begins for begins, _ in worn), default=float("inf"))
    for begins, ends in _subtract(main, _join(worn)):
        loss = Loss.LATE_STRAP if worn and ends <= first_worn else Loss.STRAP_OFF
        lost[loss] += ends - begins
    for hole in _list_holes(on, stream):
        loss = find_loss(hole, stream.battery)
        lost[loss] += sum(ends - begins for begins, ends in _intersect(on, [hole.span]))
    ranked = sorted(lost.items(), key=lambda one: -one[1])
    expected_s = sum(ends - begins for begins, ends in main)
    return LostTime(expected_s, {loss: seconds for loss, seconds in ranked if seconds > 0})


def find_loss(hole: Hole, battery: Sequence[tuple[float, float]] = ()) -> Loss:
    """A gateway's reason counts before the cause; silence of an empty strap is its battery's."""
    by_cause = _BY_CAUSE.get(hole.cause, Loss.VALUES)
    loss = _BY_REASON.get(hole.detail, Loss.RADIO) if hole.detail else by_cause
    if loss not in {Loss.RADIO, Loss.SILENCE}:
        return loss
    levels = [percent for at_s, percent in battery if at_s <= hole.span[0]]
    return Loss.BATTERY if levels and levels[-1] <= BATTERY_LOW_PCT else loss


def _list_holes(on: Sequence[Span], stream: OneStream) -> Iterator[Hole]:
    """Those inside, and what lies before the first value and after the last."""
    yield from stream.holes
    silent = on
    if stream.heard is not None:
        silent = list(_subtract(on, [stream.heard]))
    for span in silent:
        yield _explain(span, stream.declared)


def _explain(span: Span, declared: Sequence[Hole]) -> Hole:
    """By the declared gap that covers most of it."""
    best = max(declared, key=lambda one: _overlap_s(span, one.span), default=None)
    if best is None or _overlap_s(span, best.span) <= 0:
        return Hole(span, GapCause.SILENCE)
    return Hole(span, best.cause, best.detail)


def _overlap_s(one: Span, other: Span) -> float:
    return min(one[1], other[1]) - max(one[0], other[0])


def _join(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for begins, ends in sorted(spans):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined


def _intersect(spans: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    for one in spans:
        for other in others:
            if _overlap_s(one, other) > 0:
                yield max(one[0], other[0]), min(one[1], other[1])


def _subtract(spans: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    """`others` are in order and don't overlap."""
    for begins, ends in spans:
        at = begins
        for other in others:
            if other[0] > at and other[0] < ends:
                yield at, other[0]
            if other[1] > at and other[0] < ends:
                at = other[1]
        if at < ends:
            yield at, ends
