"""ble-wire 8.6: truncated, unknown, duplicate and backward frames, each with a counter."""

from gateway.straps.frame_watch import FrameCounts, FrameWatch
from protocol.ble.codecs import codec_for
from protocol.ble.uuids import PMD_DATA
from protocol.errors import MalformedPayloadError


def frame(stamp_ns: int, *, form: int = 1, n_bytes: int = 12) -> bytes:
    return b"\x02" + stamp_ns.to_bytes(8, "little") + bytes((form,)) + bytes(n_bytes)


def watch(*payloads: bytes) -> FrameCounts:
    watching = FrameWatch()
    for payload in payloads:
        note(watching, payload)
    return watching.counts


def note(watching: FrameWatch, payload: bytes) -> None:
    try:
        watching.note(payload, codec_for(PMD_DATA).decode(payload))
    except MalformedPayloadError:
        watching.note(payload, None)


def test_frames_in_order_count_nothing() -> None:
    assert watch(frame(1), frame(2), frame(3)) == FrameCounts()


def test_each_oddity_has_its_own_counter() -> None:
    assert watch(frame(1), frame(1)) == FrameCounts(n_duplicate=1)
    assert watch(frame(2), frame(1)) == FrameCounts(n_backward=1)
    assert watch(frame(1, n_bytes=11)) == FrameCounts(n_truncated=1)
    assert watch(frame(1)[:9]) == FrameCounts(n_truncated=1)
    assert watch(frame(1, form=7)) == FrameCounts(n_unknown=1)


def test_an_unknown_layout_still_has_its_place_in_time() -> None:
    assert watch(frame(5, form=7), frame(4)) == FrameCounts(n_unknown=1, n_backward=1)


def test_a_new_link_may_begin_anywhere() -> None:
    watching = FrameWatch()
    note(watching, frame(9))
    watching.begin_link()
    note(watching, frame(3))
    assert watching.counts == FrameCounts()
