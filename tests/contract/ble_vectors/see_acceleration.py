"""What our code sees in acceleration vectors, under the vectors' own field names."""

import struct
from itertools import chain

from protocol.ble import pmd
from protocol.ble.pmd import timing
from tests.contract.ble_vectors.vectors import Seen, Vector


def see_header(wire: bytes) -> Seen:
    header = pmd.decode_header(wire)
    name = pmd.Measurement(header.measurement).name
    return {
        "type": header.measurement,
        "measurement": {"ACCELERATION": "ACC"}.get(name, name),
        "timestamp_ns": header.timestamp_ns,
        "compressed": header.compressed,
        "frame_type": header.frame_type,
        "frame_type_byte": header.frame_type | 0x80 * header.compressed,
    }


def see_acceleration(wire: bytes, vector: Vector) -> Seen:
    if "channels" in vector["expected"]:
        return see_delta_content(wire, vector["expected"])
    frame = pmd.decode_frame(wire)
    assert isinstance(frame, pmd.AccelerationFrame)
    counts = [list(sample) for sample in frame.samples]
    if "factor" not in vector["expected"]:
        shown = counts
        assert [list(s) for s in frame.milli_g()] == counts
    else:
        factor = vector["expected"]["factor"]
        shown = [[sdk_milli_g(count, factor) for count in sample] for sample in counts]
        exact = chain.from_iterable(frame.milli_g(factor))
        assert all(abs(a - b) < 1 for a, b in zip(exact, chain.from_iterable(shown), strict=True))
    blocks = pmd.decode_delta(wire[10:], 3, 16).blocks if frame.header.compressed else ()
    return (
        see_header(wire)
        | see_samples(vector["expected"], counts, shown, blocks)
        | {
            "factor_hex_le": struct.pack("<f", vector["expected"].get("factor", 1.0)).hex(),
            "factor": vector["expected"].get("factor"),
            **see_times(vector["expected"], frame),
        }
    )


def see_samples(
    expected: Seen,
    counts: list[list[int]],
    shown: list[list[int]],
    blocks: tuple[pmd.DeltaBlock, ...],
) -> Seen:
    asserted = counts if "raw_counts_visible" in expected else shown
    return {
        "sample_count": len(counts),
        "samples_mg": shown,
        "raw_counts_before_factor": counts,
        "raw_counts_visible": counts,
        "first_sample_mg": shown[0],
        "asserted_by_source": {
            place: asserted[int(place)] for place in expected.get("asserted_by_source", {})
        },
        "delta_blocks": [
            [b.bits, b.count, b.bytes_needed if b.whole else "truncated"] for b in blocks
        ],
        "declared_block": [(b.bits, b.count) for b in blocks][:1]
        and [blocks[0].bits, blocks[0].count],
    }


def see_times(expected: Seen, frame: pmd.AccelerationFrame) -> Seen:
    if "previous_timestamp_ns" not in expected:
        return {}
    previous, rate = expected["previous_timestamp_ns"], expected["sample_rate_hz"]
    stamp, n = frame.header.timestamp_ns, len(frame.samples)
    times = (
        timing.sample_times_between(previous, stamp, n)
        if previous
        else timing.sample_times_at_rate(stamp, n, rate)
    )
    return {
        "previous_timestamp_ns": previous,
        "sample_rate_hz": rate,
        "sample_timestamps_ns_first_last": [times[0], times[-1]],
    }


def see_delta_content(wire: bytes, expected: Seen) -> Seen:
    channels, bits = expected["channels"], expected["resolution_bits"]
    content = pmd.decode_delta(wire, channels, bits)
    n_in_whole_blocks = 1 + sum(block.count for block in content.blocks if block.whole)
    counts = [list(sample) for sample in content.samples[:n_in_whole_blocks]]
    return see_samples(expected, counts, counts, content.blocks) | {
        "channels": channels,
        "resolution_bits": bits,
        "raw_counts": counts,
        "samples_u32_mod_2_32": [[value % 2**32 for value in sample] for sample in counts],
        "asserted_by_source": {  # where only the first channel is commented, only it is asserted
            place: counts[int(place)] for place in expected.get("asserted_by_source", {})
        },
    }


def sdk_milli_g(count: int, factor: float) -> int:
    """As the vendor's library rounds: binary32 product, cut toward zero."""
    return int(binary32(count * binary32(binary32(factor) * 1000)))


def binary32(number: float) -> float:
    return float(struct.unpack("<f", struct.pack("<f", number))[0])
