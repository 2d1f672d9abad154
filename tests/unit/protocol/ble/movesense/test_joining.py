from hypothesis import given
from hypothesis import strategies as st

from protocol.ble.movesense.joining import CUT_BYTES, MAX_PAYLOAD_BYTES, Joined, PartJoiner
from protocol.ble.movesense.responses import Response, ResponseKind


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


def test_a_part_without_its_beginning_is_dropped() -> None:
    assert PartJoiner().add(response(3, 1, b"tail")) == Joined(dropped=b"tail")


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


def test_a_measurement_without_end_is_dropped() -> None:
    joiner = PartJoiner()
    joiner.add(response(2, 1, bytes(CUT_BYTES)))
    n_parts = 1
    while joiner.waiting:
        joined = joiner.add(response(3, 1, bytes(CUT_BYTES)))
        n_parts += 1
    assert joined == Joined(dropped=bytes(n_parts * CUT_BYTES))
    assert (n_parts - 1) * CUT_BYTES <= MAX_PAYLOAD_BYTES < n_parts * CUT_BYTES


def test_the_longest_measurement_is_still_kept() -> None:
    joiner = PartJoiner()
    joiner.add(response(2, 1, bytes(CUT_BYTES)))
    assert joiner.add(response(3, 1, bytes(4096 - CUT_BYTES))) == Joined()
    assert joiner.waiting == {1}
    assert joiner.add(response(3, 1, b"")).whole == bytes(4096)
    joiner.add(response(2, 1, bytes(CUT_BYTES)))
    assert joiner.add(response(3, 1, bytes(4097 - CUT_BYTES))) == Joined(dropped=bytes(4097))
