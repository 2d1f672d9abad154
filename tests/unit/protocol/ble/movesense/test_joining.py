import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.ble.movesense.joining import CUT_BYTES, Joined, PartJoiner
from protocol.ble.movesense.responses import Response, ResponseKind
from protocol.errors import MalformedPayloadError


def response(kind: int, reference: int, payload: bytes) -> Response:
    return Response(ResponseKind(kind), reference, None, payload)


def cut(payload: bytes) -> list[bytes]:
    """As the sensor does: pieces of 150 bytes, the last one shorter."""
    starts = range(0, len(payload) + 1, CUT_BYTES)
    return [payload[i : i + CUT_BYTES] for i in starts]


@given(
    st.lists(st.binary(max_size=440).filter(lambda p: len(p) % CUT_BYTES), min_size=1, max_size=3)
)
def test_measurements_come_out_whole_whichever_are_sent_between(payloads: list[bytes]) -> None:
    """One reference each, their parts taking turns: IMU9/104 comes in two."""
    joiner, wholes = PartJoiner(), {}
    turns = [(i, ref, piece) for ref, p in enumerate(payloads, 1) for i, piece in enumerate(cut(p))]
    for i, ref, piece in sorted(turns):
        joined = joiner.add(response(min(2 + i, 4), ref, piece))
        assert joined.dropped == b""
        if joined.whole is not None:
            wholes[ref] = joined.whole
    assert wholes == dict(enumerate(payloads, 1))
    assert joiner.waiting == frozenset()


def test_the_cut_is_after_150_bytes() -> None:
    """movesense-device-lib, GATTSensorDataClient.cpp: longer payloads go on in another part."""
    assert PartJoiner().add(response(2, 1, bytes(149))).whole == bytes(149)
    assert PartJoiner().add(response(2, 1, bytes(150))) == Joined()


@pytest.mark.parametrize(
    ("kinds", "reason"),
    [
        ((3,), "DATA_PART2 without the DATA before it"),
        ((4,), "DATA_PART3 without the DATA_PART2 before it"),
        ((2, 4), "DATA_PART3 without the DATA_PART2 before it"),
        ((2, 3, 3), "DATA_PART2 without the DATA before it"),
        ((2, 3, 4), "DATA_PART3 goes on, but no part follows it"),
    ],
)
def test_nothing_is_joined_across_a_lost_part(kinds: tuple[int, ...], reason: str) -> None:
    """The refusal has every byte of the measurement, and what comes next is read as ever."""
    joiner, *full = PartJoiner(), *(bytes([kind]) * CUT_BYTES for kind in kinds)
    for kind, part in list(zip(kinds, full, strict=True))[:-1]:
        assert joiner.add(response(kind, 1, part)) == Joined()
    with pytest.raises(MalformedPayloadError) as refused:
        joiner.add(response(kinds[-1], 1, full[-1]))
    assert (refused.value.reason, refused.value.payload) == (reason, b"".join(full))
    assert joiner.waiting == frozenset()
    assert joiner.add(response(2, 1, b"next")) == Joined(b"next")


def test_a_short_last_part_does_not_hide_a_lost_one() -> None:
    joiner = PartJoiner()
    joiner.add(response(2, 1, bytes(CUT_BYTES)))
    with pytest.raises(MalformedPayloadError, match="without the DATA_PART2"):
        joiner.add(response(4, 1, b"end"))


def test_a_measurement_that_never_ended_is_dropped_when_the_next_begins() -> None:
    joiner = PartJoiner()
    joiner.add(response(2, 1, bytes(CUT_BYTES)))
    assert joiner.waiting == {1}
    assert joiner.add(response(2, 1, b"next")) == Joined(b"next", dropped=bytes(CUT_BYTES))
    joiner.add(response(2, 1, bytes(CUT_BYTES)))
    assert joiner.add(response(2, 1, b"\x01" * CUT_BYTES)) == Joined(dropped=bytes(CUT_BYTES))
    assert joiner.add(response(3, 1, b"end")).whole == b"\x01" * CUT_BYTES + b"end"


def test_answers_to_commands_are_whole_and_leave_parts_alone() -> None:
    joiner = PartJoiner()
    joiner.add(response(2, 1, bytes(CUT_BYTES)))
    assert joiner.add(response(1, 1, b"ok")) == Joined(b"ok")
    assert joiner.waiting == {1}
