"""How well each strap's clock is known, connection by connection, as it is kept. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from server.decoding.clocks.frames import NS_PER_MS
from server.decoding.clocks.timed import (
    SampleGap,
    SampleGapCause,
    TimedAcceleration,
    TimedSegment,
)

START: Final = "start"  # the first stretch of a strap; a later one begins with a gap's cause
_PPM: Final = 1e6
_BETWEEN: Final = frozenset(
    {SampleGapCause.CLOCK_STEP, SampleGapCause.RECONNECT, SampleGapCause.NEW_BOOT}
)


@dataclass(frozen=True, slots=True)
class ClockStretch:
    """One unbroken clock in one connection, `from_ms` to `until_ms` (UTC).

    `began`: why it is another one than before. `rate_ppm`: by how much samples come faster than
    `nominal_hz`, by the strap's own stamps, None where no strap has such a rate. `slope_ppm`: by
    how much the gateway's clock runs faster; `slope_source` says whether that was fitted, carried
    from before or held at zero. Residuals are delays above the least one, of `n_frames`.
    `n_lost` samples are missing in `n_gaps` gaps inside.
    """

    from_ms: int
    until_ms: int
    began: str
    n_frames: int
    n_samples: int
    rate_hz: float
    nominal_hz: int | None
    rate_ppm: float | None
    slope_ppm: float
    slope_source: str
    residual_p50_ms: float
    residual_p95_ms: float
    residual_max_ms: float
    n_lost: int
    n_gaps: int
    warnings: tuple[str, ...] = ()

    @property
    def span_s(self) -> float:
        """How long it is."""
        return (self.until_ms - self.from_ms) / 1000


@dataclass(frozen=True, slots=True)
class StrapClocks:
    """All of one strap on one gateway; empty for a strap that sent heart rates only.

    `n_steps` of its stretches begin where the strap's clock was set; `n_lost` samples are missing
    in and between stretches. Frames left out: `n_repeated` came twice, `n_backward` were old,
    `n_refused` unreadable.
    """

    gateway: str
    strap: str
    stretches: tuple[ClockStretch, ...]
    n_steps: int
    n_lost: int
    n_repeated: int
    n_backward: int
    n_refused: int


def describe_clocks(gateway: str, strap: str, timed: TimedAcceleration) -> StrapClocks:
    """What is kept of a timed strap."""
    parts = list(_part_gaps(timed))
    stretches = tuple(
        _describe(timed, segment, began, inside)
        for segment, (began, inside) in zip(timed.segments, parts, strict=True)
    )
    return StrapClocks(
        gateway,
        strap,
        stretches,
        n_steps=sum(one.began == SampleGapCause.CLOCK_STEP for one in stretches),
        n_lost=sum(gap.n_lost for gap in timed.gaps),
        n_repeated=timed.tally.n_repeated,
        n_backward=timed.tally.n_backward,
        n_refused=timed.tally.n_refused,
    )


def _part_gaps(timed: TimedAcceleration) -> Iterator[tuple[str, list[SampleGap]]]:
    """Of each segment why it begins, and the gaps inside: `timed.gaps` are in their order."""
    began, inside = START, list[SampleGap]()
    for gap in timed.gaps:
        if gap.cause in _BETWEEN:
            yield began, inside
            began, inside = gap.cause.value, []
        else:
            inside.append(gap)
    if timed.segments:
        yield began, inside


def _describe(
    timed: TimedAcceleration, segment: TimedSegment, began: str, inside: list[SampleGap]
) -> ClockStretch:
    clock, nominal_hz = segment.clock, segment.nominal_hz
    rate_ppm = None if nominal_hz is None else (segment.rate_hz / nominal_hz - 1) * _PPM
    return ClockStretch(
        from_ms=int(timed.utc_ns[segment.first]) // NS_PER_MS,
        until_ms=int(timed.utc_ns[segment.end - 1]) // NS_PER_MS,
        began=began,
        n_frames=clock.n,
        n_samples=segment.end - segment.first,
        rate_hz=segment.rate_hz,
        nominal_hz=nominal_hz,
        rate_ppm=rate_ppm,
        slope_ppm=clock.slope_ppm,
        slope_source=clock.slope_source.value,
        residual_p50_ms=clock.residual_p50_ms,
        residual_p95_ms=clock.residual_p95_ms,
        residual_max_ms=clock.residual_max_ms,
        n_lost=sum(gap.n_lost for gap in inside),
        n_gaps=len(inside),
        warnings=tuple(warning.value for warning in clock.warnings),
    )
