"""Acceleration frames for tests: written here by hand, never by product code."""

from hypothesis import strategies as st

TIMESTAMP_NS = 599_616_554_640_998_550  # first stamp of a real H10 recording (phdiethelm/h10_ecg)


def head(form: int, timestamp_ns: int = TIMESTAMP_NS, measurement: int = 2) -> bytes:
    return bytes([measurement]) + timestamp_ns.to_bytes(8, "little") + bytes([form])


def raw_frame(samples: list[tuple[int, int, int]], form: int = 1) -> bytes:
    size = form + 1
    values = (value for sample in samples for value in sample)
    return head(form) + b"".join(value.to_bytes(size, "little", signed=True) for value in values)


def delta_block(bits: int, differences: list[tuple[int, int, int]]) -> bytes:
    packed = 0
    values = [value for difference in differences for value in difference]
    for place, value in enumerate(values):
        packed |= (value & ((1 << bits) - 1)) << (place * bits)
    n_bytes = -(-bits * len(values) // 8)
    return bytes([bits, len(differences)]) + packed.to_bytes(n_bytes, "little")


# What a strap could send, what it couldn't, and what only a broken or hostile one would.
blocks = st.builds(
    lambda bits, count, packed: bytes([bits, count]) + packed,
    st.sampled_from([0, 1, 2, 3, 5, 7, 8, 12, 16, 19, 20, 24, 31, 32, 33, 255]),
    st.integers(0, 40),
    st.binary(max_size=120),
)
exact_blocks = st.integers(0, 32).flatmap(
    lambda bits: st.integers(0, 30).flatmap(
        lambda count: st.binary(
            min_size=-(-bits * count * 3 // 8), max_size=-(-bits * count * 3 // 8)
        ).map(lambda packed: bytes([bits, count]) + packed)
    )
)
delta_contents = st.tuples(
    st.binary(min_size=6, max_size=6),
    st.lists(exact_blocks, max_size=5).map(b"".join),
    st.sampled_from([b"", b"\x05"]) | blocks,
).map(b"".join)
contents = st.binary(max_size=80) | delta_contents
forms = st.sampled_from([0x00, 0x01, 0x02, 0x80, 0x81]) | st.integers(0, 255)
frames = (
    st.builds(
        lambda form, stamp, content: head(form, stamp) + content,
        forms,
        st.integers(0, 2**64 - 1),
        contents,
    )
    | st.builds(lambda form, content: head(form, measurement=0x82) + content, forms, contents)
    | st.binary(max_size=40)
)
