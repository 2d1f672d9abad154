"""What a strap packs is what both decoders unpack: promise D1's round trip."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from protocol.ble import pmd
from server.decoding.acceleration import decode_frames
from tests.unit.server.decoding.frame_bytes import delta_block, head, raw_frame

N_IN_CI = 300
N_AT_NIGHT = 20_000
INT16 = st.integers(-(1 << 15), (1 << 15) - 1)
DELTA_FORMS = (0x80, 0x81)

Triple = tuple[int, int, int]
triples = st.tuples(INT16, INT16, INT16)


@dataclass(frozen=True)
class Packed:
    """A frame and the counts that were packed into it."""

    frame: bytes
    counts: tuple[Triple, ...]


def pack_raw(form: int, counts: list[Triple]) -> Packed:
    return Packed(raw_frame(counts, form), tuple(counts))


def pack_delta(form: int, reference: Triple, blocks: list[tuple[int, list[Triple]]]) -> Packed:
    """A block of width 0 repeats the sample before, as often as it has differences."""
    counts = [reference]
    content = b"".join(value.to_bytes(2, "little", signed=True) for value in reference)
    for bits, differences in blocks:
        content += delta_block(bits, differences)
        for x, y, z in differences:
            counts.append((counts[-1][0] + x, counts[-1][1] + y, counts[-1][2] + z))
    return Packed(head(form) + content, tuple(counts))


def differences_of(bits: int) -> st.SearchStrategy[tuple[int, list[Triple]]]:
    if bits == 0:
        return st.integers(0, 255).map(lambda count: (0, [(0, 0, 0)] * count))
    value = st.integers(-(1 << bits - 1), (1 << bits - 1) - 1)
    return st.tuples(st.just(bits), st.lists(st.tuples(value, value, value), max_size=12))


packed_frames = st.builds(
    pack_raw, st.sampled_from([0x01, 0x02]), st.lists(triples, max_size=40)
) | st.builds(
    pack_delta,
    st.sampled_from(DELTA_FORMS),
    triples,
    st.lists(st.integers(0, 32).flatmap(differences_of), max_size=4),
)


def assert_comes_out(packed: Packed) -> None:
    decoded = pmd.decode_frame(packed.frame)
    assert isinstance(decoded, pmd.AccelerationFrame)
    assert decoded.samples == packed.counts
    assert (decoded.n_announced, decoded.truncated) == (len(packed.counts), False)
    batch = decode_frames([packed.frame])
    assert tuple(map(tuple, batch.samples.tolist())) == packed.counts
    assert batch.refused == ()


def tried(n_examples: int, chance: int) -> Callable[[], None]:
    limits = settings(max_examples=n_examples, database=None)
    return seed(chance)(limits(given(packed_frames)(assert_comes_out)))


def test_d1_what_is_packed_comes_out_of_both_decoders() -> None:
    tried(N_IN_CI, chance=1)()


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_d1_twenty_thousand_packed_frames_come_out_of_both_decoders(night_seed: int) -> None:
    """The full count of the promise."""
    tried(N_AT_NIGHT, night_seed)()
