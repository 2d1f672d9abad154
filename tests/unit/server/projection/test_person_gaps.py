import numpy as np

from server.decoding.clocks.timed import SampleGap, SampleGapCause
from server.decoding.gap_ledger import Gap, GapCause
from server.projection.person_gaps import trace_gaps
from server.projection.person_streams import MovementPiece, PersonStreams
from server.projection.strap_gaps import DeclaredGap

S = 1_000_000_000


def piece() -> MovementPiece:
    times = np.arange(3, dtype=np.int64)
    return MovementPiece("51ADA001", 100, 100.0, times, np.zeros((3, 3), dtype=np.float32))


def rows(streams: PersonStreams) -> list[tuple[str, str, str, float, float]]:
    told = trace_gaps(streams, None, 0).columns
    names = ("stream", "cause", "detail", "from_s", "until_s")
    return [tuple(row) for row in zip(*(told[name].tolist() for name in names), strict=True)]


def test_only_where_samples_are_missing_is_a_gap_of_movement() -> None:
    streams = PersonStreams(movement=[piece()])
    streams.sample_gaps = [
        SampleGap(SampleGapCause.RECONNECT, 5 * S, 6 * S, 0),
        SampleGap(SampleGapCause.LOST, 7 * S, 9 * S, 400),
    ]
    assert rows(streams) == [("movement", "lost", "", 7.0, 9.0)]


def test_a_gateways_reason_stands_beside_the_samples_that_are_missing() -> None:
    declared = Gap(8 * S, 20 * S, GapCause.DECLARED, "link_lost")
    streams = PersonStreams(movement=[piece()], declared=[DeclaredGap(None, declared)])
    streams.sample_gaps = [SampleGap(SampleGapCause.LOST, 7 * S, 9 * S, 400)]
    assert ("movement", "lost", "link_lost", 7.0, 9.0) in rows(streams)


def test_the_end_of_a_gap_never_lies_before_its_beginning() -> None:
    streams = PersonStreams(movement=[piece()])
    streams.sample_gaps = [SampleGap(SampleGapCause.CLOCK_STEP, 7 * S, 6 * S, 3)]
    assert rows(streams) == [("movement", "clock_step", "", 7.0, 7.0)]


def test_without_any_value_the_declared_gaps_are_all_there_is() -> None:
    declared = Gap(1 * S, 2 * S, GapCause.DECLARED, "gateway_down")
    streams = PersonStreams(declared=[DeclaredGap("2a37", declared)])
    assert rows(streams) == [("heart", "declared", "gateway_down", 1.0, 2.0)]
