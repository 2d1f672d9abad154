"""Delta-compressed samples: a reference, then blocks `[bits u8][count u8][packed differences]`.

Source: polar-ble-sdk, technical_documentation/online_measurement.pdf, figure 3. A block is one
little-endian string of bits, lowest bit first, sample by sample, each difference `bits` wide and
two's complement. Every sample is the one before plus its difference, across blocks too.
"""

from dataclasses import dataclass
from itertools import accumulate

from protocol.errors import MalformedPayloadError

MAX_BITS = 32  # the widest sample that any strap packs
# Five seconds at 200 Hz, the fastest that straps sample; they send several frames a second. A
# block of width 0 announces 255 samples in two bytes, so length alone is no bound.
MAX_SAMPLES = 1024

Sample = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DeltaBlock:
    """Head of one block. `bytes_held` is less than `bytes_needed` in a frame cut short."""

    bits: int
    count: int
    bytes_needed: int
    bytes_held: int

    @property
    def whole(self) -> bool:
        """Whether all of it is there."""
        return self.bytes_held == self.bytes_needed


@dataclass(frozen=True, slots=True)
class DeltaContent:
    """Decoded samples, the reference first, and the blocks they came from.

    Of a block that is cut short its complete samples are kept; `truncated` says that some are
    missing (or that bytes were left which are no block).
    """

    samples: tuple[Sample, ...]
    blocks: tuple[DeltaBlock, ...]
    truncated: bool


def decode_delta(content: bytes, channels: int, resolution_bits: int) -> DeltaContent:
    """Decode the content of a compressed frame. Raises MalformedPayloadError.

    Sums are exact: they aren't wrapped at the resolution.
    """
    size = -(-resolution_bits // 8)
    at = channels * size
    if len(content) < at:
        raise MalformedPayloadError(f"reference sample is {at} bytes", content)
    reference = tuple(
        int.from_bytes(content[i : i + size], "little", signed=True) for i in range(0, at, size)
    )
    samples, blocks, n_announced = [reference], list[DeltaBlock](), 1
    while at + 2 <= len(content):
        block = _read_head(content, at, channels)
        n_announced += block.count
        if n_announced > MAX_SAMPLES:
            raise MalformedPayloadError(f"more than {MAX_SAMPLES} samples announced", content)
        packed = content[at + 2 : at + 2 + block.bytes_held]
        if block.bits == 0:  # no work a sample: two bytes can announce 255 of them
            samples += [samples[-1]] * block.count
        elif block.count > 0:
            samples += _add_up(samples[-1], packed, block.bits, block.count)
        blocks.append(block)
        at += 2 + block.bytes_held
    truncated = at < len(content) or any(not block.whole for block in blocks)
    return DeltaContent(tuple(samples), tuple(blocks), truncated)


def _read_head(content: bytes, at: int, channels: int) -> DeltaBlock:
    bits, count = content[at], content[at + 1]
    if bits > MAX_BITS:
        raise MalformedPayloadError(f"differences of {bits} bits; at most 32 can be", content)
    needed = -(-bits * count * channels // 8)
    return DeltaBlock(bits, count, needed, min(needed, len(content) - at - 2))


def _add_up(last: Sample, packed: bytes, bits: int, count: int) -> list[Sample]:
    """The complete samples after `last`; axis by axis, as a running sum of a whole list is fast."""
    number, mask, sign = int.from_bytes(packed, "little"), (1 << bits) - 1, 1 << (bits - 1)
    width = bits * len(last)
    end = min(count, len(packed) * 8 // width) * width
    axes = [
        accumulate(
            [(number >> at & mask ^ sign) - sign for at in range(axis * bits, end, width)],
            initial=value,
        )
        for axis, value in enumerate(last)
    ]
    samples = zip(*axes, strict=True)
    next(samples)  # `last` itself
    return list(samples)
