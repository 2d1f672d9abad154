"""Records of one strap as one blob, column by column, and back: the same records, to the bit."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
import numpy as np

from protocol.messages.uplink import NotificationRecord
from server.ingest.segments.frames import (
    is_raw_frame,
    pack_frames,
    pack_others,
    unpack_frames,
    unpack_others,
)
from server.ingest.segments.integers import pack_integers, unpack_integers

SEGMENT_FORMAT: Final = 1
_INT64: Final = (-(2**63), 2**63 - 1)


class _Segment(msgspec.Struct, frozen=True, array_like=True):
    """`kinds` are places in `characteristics`, `boots` places in `boot_ids`: a column each."""

    format: int
    strap: str
    characteristics: list[str]
    boot_ids: list[str]
    seqs: bytes
    kinds: bytes
    boots: bytes
    monotonic: bytes
    walls: bytes  # less the monotonic clock: all but constant
    is_frame: bytes
    frames: list[bytes]
    others: list[bytes]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Segment)


class SegmentError(ValueError):
    """A blob that is no segment, or a damaged one; or records that no segment can hold."""


def pack_segment(records: Sequence[NotificationRecord]) -> bytes:
    """Records of one strap, in the order of their numbers. Raises SegmentError."""
    strap = records[0].strap if records else ""
    if any(one.strap != strap for one in records):
        raise SegmentError("a segment is of one strap")
    numbers = [(one.seq, one.monotonic_ns, one.wall_ns) for one in records]
    if any(not _INT64[0] <= number <= _INT64[1] for row in numbers for number in row):
        raise SegmentError("a number needs more than 64 bits")
    seqs, monotonic, walls = np.array(numbers, dtype=np.int64).reshape(-1, 3).T
    frames = [is_raw_frame(one.payload) for one in records]
    characteristics, kinds = _index(one.characteristic for one in records)
    boot_ids, boots = _index(one.boot_id for one in records)
    with np.errstate(over="ignore"):
        offsets = walls - monotonic
    segment = _Segment(
        SEGMENT_FORMAT,
        strap,
        characteristics,
        boot_ids,
        pack_integers(seqs),
        pack_integers(kinds),
        pack_integers(boots),
        pack_integers(monotonic),
        pack_integers(offsets),
        pack_integers(np.array(frames, dtype=np.int64)),
        pack_frames([r.payload for r, is_frame in zip(records, frames, strict=True) if is_frame]),
        pack_others(
            [r.payload for r, is_frame in zip(records, frames, strict=True) if not is_frame]
        ),
    )
    return _encoder.encode(segment)


def unpack_segment(blob: bytes) -> list[NotificationRecord]:
    """The records that were packed. Raises SegmentError."""
    try:
        return _unpack(_decoder.decode(blob))
    except (msgspec.MsgspecError, ValueError, IndexError) as error:
        raise SegmentError(f"no segment, or a damaged one: {error}") from None


def _unpack(segment: _Segment) -> list[NotificationRecord]:
    if segment.format != SEGMENT_FORMAT:
        raise SegmentError(f"a segment of format {segment.format}, which this program can't read")
    columns = (segment.seqs, segment.kinds, segment.boots, segment.monotonic, segment.walls)
    seqs, kinds, boots, monotonic, offsets = [unpack_integers(one) for one in columns]
    with np.errstate(over="ignore"):
        walls = offsets + monotonic
    is_frame = unpack_integers(segment.is_frame).tolist()
    frames, others = iter(unpack_frames(segment.frames)), iter(unpack_others(segment.others))
    payloads = [next(frames, None) if one else next(others, None) for one in is_frame]
    rows = zip(
        seqs.tolist(), kinds.tolist(), boots.tolist(), monotonic.tolist(), walls.tolist(),
        payloads, strict=True,
    )  # fmt: skip
    records = []
    for seq, kind, boot, monotonic_ns, wall_ns, payload in rows:
        if payload is None or kind < 0 or boot < 0:
            raise SegmentError("columns don't fit each other")
        names = (segment.characteristics[kind], segment.boot_ids[boot])
        records.append(
            NotificationRecord(seq, segment.strap, *names, monotonic_ns, wall_ns, payload)
        )
    if next(frames, None) is not None or next(others, None) is not None:
        raise SegmentError("columns don't fit each other")
    return records


def _index(names: Iterable[str]) -> tuple[list[str], "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    """Each name once, in the order of their first use, and the place of each."""
    places: dict[str, int] = {}
    indices = [places.setdefault(name, len(places)) for name in names]
    return list(places), np.array(indices, dtype=np.int64)
