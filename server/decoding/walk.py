"""Block heads of many delta frames: all frames are walked together, one block of each a step."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from server.decoding.batch import AXES, HEADER_BYTES

MAX_BITS = 32  # the widest sample that any strap packs
MAX_SAMPLES = 1024  # of a frame: five seconds at 200 Hz; width 0 announces 255 in two bytes
REFERENCE_BITS = 16  # of each axis, whatever the strap's resolution is
REFERENCE_BYTES = AXES * REFERENCE_BITS // 8

Ints = NDArray[np.int64]
Octets = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class BlockHeads:
    """In the order of frames: where a block's differences start, how wide, how many are whole."""

    frames: Ints
    bit_starts: Ints
    bits: Ints
    n_kept: Ints


@dataclass(frozen=True, slots=True)
class Walk:
    """All blocks that were found, references among them; one entry a frame in the rest."""

    heads: BlockHeads
    n_announced: Ints
    truncated: NDArray[np.bool_]
    reasons: dict[int, str]


def walk_blocks(octets: Octets, starts: Ints, ends: Ints) -> Walk:
    """Read the heads in frames that lie at `starts` to `ends`; 2 more octets must follow them."""
    walker = _Walker(octets, starts, ends)
    while walker.active.size:
        walker.step()
    return walker.finish()


class _Walker:
    def __init__(self, octets: Octets, starts: Ints, ends: Ints) -> None:
        self._octets, self._ends = octets, ends
        content = starts + HEADER_BYTES
        self._at = content + REFERENCE_BYTES
        self._reasons = {
            int(i): f"reference sample is {REFERENCE_BYTES} bytes"
            for i in np.flatnonzero(self._at > ends)
        }
        n_frames = len(starts)
        ones = np.ones(n_frames, dtype=np.int64)
        self._found = [(np.arange(n_frames), content * 8, ones * REFERENCE_BITS, ones)]
        self._n_announced = ones.copy()
        self._truncated = np.zeros(n_frames, dtype=np.bool_)
        self.active: Ints = np.flatnonzero(self._at + 2 <= ends)

    def step(self) -> None:
        """The next block of every frame that has one."""
        frames = self._refuse_too_many(self._refuse_too_wide())
        at = self._at[frames]
        bits = self._octets[at].astype(np.int64)
        count = self._octets[at + 1].astype(np.int64)
        needed = -(-bits * count * AXES // 8)
        held = np.minimum(needed, self._ends[frames] - at - 2)
        whole = held * 8 // np.maximum(bits * AXES, 1)
        n_kept = np.where(bits == 0, count, np.minimum(count, whole))
        self._found.append((frames, (at + 2) * 8, bits, n_kept))
        self._truncated[frames] |= held < needed
        at += 2 + held
        self._at[frames] = at
        self.active = frames[at + 2 <= self._ends[frames]]

    def finish(self) -> Walk:
        """Everything in the order of frames, without the refused."""
        self._truncated |= self._at < self._ends
        frames, bit_starts, bits, n_kept = map(np.concatenate, zip(*self._found, strict=True))
        order = np.argsort(frames, kind="stable")
        if self._reasons:
            refused = list(self._reasons)
            self._n_announced[refused] = 0
            self._truncated[refused] = False
            order = order[~np.isin(frames[order], refused)]
        heads = BlockHeads(frames[order], bit_starts[order], bits[order], n_kept[order])
        return Walk(heads, self._n_announced, self._truncated, self._reasons)

    def _refuse_too_wide(self) -> Ints:
        bits = self._octets[self._at[self.active]]
        if bits.max() <= MAX_BITS:
            return self.active
        for place in np.flatnonzero(bits > MAX_BITS):
            self._reasons[int(self.active[place])] = (
                f"differences of {bits[place]} bits; at most {MAX_BITS} can be"
            )
        return self.active[bits <= MAX_BITS]

    def _refuse_too_many(self, frames: Ints) -> Ints:
        self._n_announced[frames] += self._octets[self._at[frames] + 1]
        too_many = self._n_announced[frames] > MAX_SAMPLES
        for frame in frames[too_many]:
            self._reasons[int(frame)] = f"more than {MAX_SAMPLES} samples announced"
        return frames[~too_many]
