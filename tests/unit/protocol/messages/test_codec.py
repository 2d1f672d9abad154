import tracemalloc

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.errors import (
    InvalidMessageError,
    OversizedMessageError,
    ProtocolError,
    UnsupportedMessageError,
)
from protocol.messages.codec import (
    decode_batch,
    decode_link_event,
    encode_batch,
    encode_link_event,
    read_array_length,
    read_batch,
)
from protocol.messages.uplink import (
    GapDeclaration,
    LinkEvent,
    NotificationRecord,
    RadioReport,
    SentAt,
    UplinkBatch,
)

numbers = st.integers(0, 2**63 - 1)
words = st.text(max_size=12)
maybe_number = st.none() | numbers
records = st.builds(
    NotificationRecord, numbers, words, words, words, numbers, numbers, st.binary(max_size=40)
)
gaps = st.builds(
    GapDeclaration, words, words, numbers, numbers, numbers, numbers, st.none() | words,
    st.none() | words, maybe_number, maybe_number, st.none() | st.binary(max_size=8),
)  # fmt: skip
counts = st.integers(0, 65_535)
radios = st.builds(
    RadioReport, scans=st.none() | st.booleans(), n_adapters=st.none() | counts,
    n_streaming=counts, most_streaming=counts, acc_rate_hz=st.none() | counts,
)  # fmt: skip
batches = st.builds(
    UplinkBatch, v=st.just(1), gateway=words, epoch=words, first_seq=numbers,
    records=st.lists(records, max_size=4), gaps=st.lists(gaps, max_size=2),
    sent=st.none() | st.builds(SentAt, words, numbers, numbers),
    radio=st.none() | radios,
)  # fmt: skip

# Typed by hand from the MessagePack specification: 86 a map of six, a_ a short text, c4 bytes.
GOLDEN = bytes.fromhex("""
    86
    a176 01
    a767617465776179 a26731
    a565706f6368 a165
    a966697273745f736571 05
    a77265636f726473 91 97 05 a153 a432613337 a162 07 cd03e8 c402 104a
    a467617073 91 86
    a57374726170 a153
    a6726561736f6e a96c696e6b5f6c6f7374
    a766726f6d5f6e73 01
    a5746f5f6e73 02
    a966697273745f736571 06
    a86c6173745f736571 06
""")
GOLDEN_BATCH = UplinkBatch(
    v=1, gateway="g1", epoch="e", first_seq=5,
    records=[NotificationRecord(5, "S", "2a37", "b", 7, 1000, b"\x10\x4a")],
    gaps=[GapDeclaration("S", "link_lost", 1, 2, 6, 6)],
)  # fmt: skip


def test_a_batch_is_these_bytes() -> None:
    assert encode_batch(GOLDEN_BATCH) == GOLDEN
    assert decode_batch(GOLDEN) == GOLDEN_BATCH


@given(batches)
def test_a_batch_arrives_as_it_was_sent(batch: UplinkBatch) -> None:
    body = encode_batch(batch)
    assert decode_batch(body) == batch
    assert read_batch(body)[1] is None


@given(
    st.binary(max_size=80)
    | st.builds(
        lambda i, b: GOLDEN[:i] + b + GOLDEN[i + 1 :],
        st.integers(0, len(GOLDEN)),
        st.binary(max_size=2),
    )
)
def test_any_body_is_a_batch_or_refused(body: bytes) -> None:
    """Never another exception."""
    try:
        assert isinstance(decode_batch(body), UplinkBatch)
    except ProtocolError as refused:
        assert str(refused)  # noqa: PT017


def test_a_newer_gateway_may_say_more() -> None:
    """Fields that this program doesn't know are left alone within a version."""
    told = msgspec.msgpack.decode(GOLDEN) | {"weather": "fair"}
    assert decode_batch(msgspec.msgpack.encode(told)) == GOLDEN_BATCH


RADIO = {
    "scans": True, "n_adapters": 1, "n_streaming": 7, "most_streaming": 15, "acc_rate_hz": 50,
}  # fmt: skip


def _say(radio: object) -> bytes:
    return msgspec.msgpack.encode(msgspec.msgpack.decode(GOLDEN) | {"radio": radio})


@pytest.mark.parametrize(
    "radio",
    [
        RADIO | {"n_streaming": -3},
        RADIO | {"n_adapters": -1},
        RADIO | {"most_streaming": 65_536},
        RADIO | {"most_streaming": 2**64 - 1},
        RADIO | {"acc_rate_hz": 52.5},
        RADIO | {"n_streaming": None},
        RADIO | {"scans": "yes"},
        {"scans": True},
        {},
        [],
        "on",
        7,
        RADIO | {"scans": [[]] * 200_000},
    ],
)
def test_a1_a_radio_report_that_does_not_fit_holds_up_no_entry(radio: object) -> None:
    body = _say(radio)
    assert decode_batch(body) == GOLDEN_BATCH
    fault = read_batch(body)[1]
    assert fault is not None
    assert fault.startswith("not a radio report: ")
    assert len(fault) < 200


@pytest.mark.parametrize("absent", ["n_adapters", "acc_rate_hz"])
def test_what_another_gateway_leaves_out_of_its_radio_report_isnt_known(absent: str) -> None:
    body = _say({name: value for name, value in RADIO.items() if name != absent})
    radio = decode_batch(body).radio
    assert radio is not None
    assert msgspec.structs.asdict(radio) == RADIO | {absent: None}
    assert read_batch(body)[1] is None


def test_a_newer_gateway_may_say_more_of_its_radio() -> None:
    radio = decode_batch(_say(RADIO | {"places": 18})).radio
    assert radio is not None
    assert msgspec.structs.asdict(radio) == RADIO


@pytest.mark.parametrize("body", [GOLDEN, _say(None)])
def test_no_radio_report_is_no_fault(body: bytes) -> None:
    assert decode_batch(body).radio is None
    assert read_batch(body)[1] is None


@pytest.mark.parametrize("version", [0, 2, 2**64 - 1])
def test_another_version_is_unsupported_whatever_else_it_holds(version: int) -> None:
    with pytest.raises(UnsupportedMessageError) as refused:
        decode_batch(msgspec.msgpack.encode({"v": version}))
    assert refused.value.version == version


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "not an uplink batch"),
        (b"\xc1", "not an uplink batch"),
        (b"{}", "not an uplink batch"),
        (msgspec.msgpack.encode([1]), "not an uplink batch"),
        (msgspec.msgpack.encode({}), "no version field"),
        (msgspec.msgpack.encode({"v": 1}), "not an uplink batch"),
        (msgspec.msgpack.encode({"v": "1"}), "not an uplink batch"),
        (msgspec.msgpack.encode({"v": None}), "not an uplink batch"),
        (msgspec.msgpack.encode({"v": 1.5}), "not an uplink batch"),
        (GOLDEN[:-1], "not an uplink batch"),
        (GOLDEN + b"\x00", "not an uplink batch"),
        (GOLDEN.replace(b"\xc4\x02\x10\x4a", b"\xa2\x10\x4a"), "not an uplink batch"),
        (b"\x81\xa1v" + b"\x91" * 100_000, "not an uplink batch"),
    ],
)
def test_other_bodies_are_refused_with_the_reason(body: bytes, told: str) -> None:
    with pytest.raises(InvalidMessageError, match=told):
        decode_batch(body)


def _listing(n_records: int, n_gaps: int) -> bytes:
    """A body of GOLDEN's first record and gap, each as often as told."""
    told = msgspec.msgpack.decode(GOLDEN)
    told |= {"records": told["records"] * n_records, "gaps": told["gaps"] * n_gaps}
    return msgspec.msgpack.encode(told)


@pytest.mark.parametrize(("n_records", "n_gaps"), [(500, 0), (0, 500), (250, 250)])
def test_c4_five_hundred_entries_are_a_batch(n_records: int, n_gaps: int) -> None:
    batch = decode_batch(_listing(n_records, n_gaps))
    assert (len(batch.records), len(batch.gaps)) == (n_records, n_gaps)


@pytest.mark.parametrize(("n_records", "n_gaps"), [(501, 0), (0, 501), (500, 1), (9, 70_000)])
def test_c4_more_entries_are_too_large(n_records: int, n_gaps: int) -> None:
    with pytest.raises(OversizedMessageError, match=f"{n_records + n_gaps} entries"):
        decode_batch(_listing(n_records, n_gaps))


# MessagePack specification, "array format family".
@pytest.mark.parametrize(
    ("encoded", "n"),
    [
        ("90", 0), ("93", 3), ("9f", 15), ("dc0010", 16), ("dcffff", 65_535),
        ("dd00010000", 65_536), ("dd000f4240", 1_000_000), ("80", 0), ("a3", 0), ("", 0),
    ],
)  # fmt: skip
def test_an_array_announces_its_length(encoded: str, n: int) -> None:
    assert read_array_length(bytes.fromhex(encoded)) == n


MIB = 1024 * 1024
_RECORD = bytes.fromhex("97 01 a153 a432613337 a162 01 01 c400")
HOSTILE = {
    "a version of a million arrays": b"\x81\xa1v\xdd\x00\x0f\x42\x40" + b"\x90" * 1_000_000,
    "a version of a megabyte": b"\x81\xa1v\xdb\x00\x0f\xff\xf0" + b"x" * 0xFFFF0,
    "60,000 records": GOLDEN.replace(
        b"records\x91" + GOLDEN[GOLDEN.index(b"\x97") : GOLDEN.index(b"\xa4gaps")],
        b"records\xdd\x00\x00\xea\x60" + _RECORD * 60_000,
    ),
    "9,000 gaps": _listing(0, 9_000),
    "90,000 keys": msgspec.msgpack.encode({"v": 1} | {f"k{n}": n for n in range(90_000)}),
    "an unknown list": msgspec.msgpack.encode({"v": 1, "w": [[]] * 1_000_000}),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_c4_a_body_is_refused_before_anything_is_built_of_it(what: str) -> None:
    assert len(HOSTILE[what]) <= MIB
    tracemalloc.start()
    try:
        with pytest.raises(ProtocolError) as refused:
            decode_batch(HOSTILE[what])
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 64 * 1024
    assert len(str(refused.value)) < 200


def test_c4_a_refusal_keeps_no_error_that_keeps_the_body() -> None:
    """Python's own error about bad UTF-8 carries all the bytes that it looked at."""
    with pytest.raises(InvalidMessageError) as refused:
        decode_batch(GOLDEN.replace(b"\xa1S", b"\xa1\xff"))
    assert refused.value.__context__ is None


@given(
    st.builds(
        LinkEvent, words, st.none() | st.integers(-127, 20), st.none() | words, st.none() | words
    )
)
def test_a_link_event_arrives_as_it_was_sent(event: LinkEvent) -> None:
    assert decode_link_event(encode_link_event(event)) == event


def test_a_link_event_is_a_map_without_what_isnt_known() -> None:
    assert encode_link_event(LinkEvent("streaming", rssi_dbm=-60)) == bytes.fromhex(
        "82 a57068617365 a973747265616d696e67 a8727373695f64626d d0c4"
    )


@pytest.mark.parametrize(
    "payload", [b"", b"\xc1", b"\x80", b"\x81\xa5phase\x01", b"\x81\xa5phase\xa1\xff"]
)
def test_other_bytes_are_no_link_event(payload: bytes) -> None:
    with pytest.raises(InvalidMessageError, match="not a link event"):
        decode_link_event(payload)
