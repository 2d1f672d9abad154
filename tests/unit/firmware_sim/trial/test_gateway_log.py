"""A simulated gateway's journal, judged by the server's own rules for batches."""

from itertools import pairwise
from random import Random

from firmware_sim.trial.gateway_log import Boot, GatewayLog, Numbering, Row
from firmware_sim.trial.strap_values import Value
from protocol.messages.codec import decode_batch, decode_link_event, encode_batch
from protocol.messages.uplink import SentAt, UplinkBatch
from server.ingest.domain.validation import validate_batch

S = 1_000_000_000
BEGAN_NS = 1_700_000_000 * S
BOOT = Boot("sim-01", BEGAN_NS)
ARRIVAL_NS = BEGAN_NS + 600 * S


def _values(from_s: int, until_s: int) -> list[Value]:
    return [Value(at * S, "2a37", bytes([0, 60 + at % 40])) for at in range(from_s, until_s)]


def _log() -> GatewayLog:
    """Two straps for twenty minutes; the first is away for one of them."""
    log, chance = GatewayLog(), Random(1)
    before = log.hear("51ADA001", _values(0, 600), ARRIVAL_NS, chance)
    after = log.hear("51ADA001", _values(660, 1200), ARRIVAL_NS, chance)
    log.lose("51ADA001", before[1], after[0])
    log.hear("51ADA002", _values(0, 1200), ARRIVAL_NS, chance)
    return log


def _number(numbering: Numbering, log: GatewayLog) -> list[UplinkBatch]:
    return [decode_batch(encode_batch(one)) for one in numbering.make_batches(log.rows, BOOT)]


def test_the_server_takes_every_batch_and_no_number_is_left_out() -> None:
    numbering, seen = Numbering("gym", "simulated"), []
    for _ in range(2):
        for batch in _number(numbering, _log()):
            validate_batch(batch, "gym")
            assert len(batch.records) + len(batch.gaps) <= 500
            own = [one.seq for one in batch.records] + [one.first_seq for one in batch.gaps]
            assert sorted(own)[0] == batch.first_seq
            seen += own
    assert sorted(seen) == list(range(1, len(seen) + 1))


def test_stamps_are_of_one_boot_and_ascend() -> None:
    records = [one for batch in _number(Numbering("gym", "e"), _log()) for one in batch.records]
    assert {one.boot_id for one in records} == {"sim-01"}
    assert {one.wall_ns - one.monotonic_ns for one in records} == {BEGAN_NS}
    stamps = [one.wall_ns for one in records]
    assert stamps == sorted(stamps)
    hers = [one for one in records if (one.strap, one.characteristic) == ("51ADA001", "2a37")]
    assert [one.payload for one in hers] == [
        value.payload for value in (*_values(0, 600), *_values(660, 1200))
    ]
    late_ns = [
        one.wall_ns - ARRIVAL_NS - value.at_ns
        for one, value in zip(hers, (*_values(0, 600), *_values(660, 1200)), strict=True)
    ]
    assert 0 < min(late_ns) <= max(late_ns) < S // 10


def test_the_gap_lies_between_the_values_beside_it() -> None:
    batches = _number(Numbering("gym", "e"), _log())
    (gap,) = [one for batch in batches for one in batch.gaps]
    hers = [
        one.wall_ns
        for batch in batches
        for one in batch.records
        if (one.strap, one.characteristic) == ("51ADA001", "2a37")
    ]
    assert (gap.from_ns, gap.to_ns) in list(pairwise(hers))
    assert (gap.strap, gap.reason, gap.characteristic) == ("51ADA001", "link_lost", None)
    assert (gap.to_ns - gap.from_ns) / S > 60
    assert gap.to_monotonic_ns == gap.to_ns - BEGAN_NS


def test_each_link_opens_before_its_values() -> None:
    rows = sorted(
        (row for row in _log().rows if isinstance(row, Row) and row.strap == "51ADA001"),
        key=lambda row: row.wall_ns,
    )
    phases = [
        decode_link_event(row.payload).phase if row.characteristic == "gateway/link" else "value"
        for row in rows
    ]
    changes = [phases[0], *(b for a, b in pairwise(phases) if a != b)]
    link = ["connecting", "streaming", "value"]
    assert changes == [*link, "waiting", *link]


def test_clocks_of_the_sender_are_read_batch_by_batch() -> None:
    moments = iter(range(100))

    def now() -> SentAt:
        return SentAt("b", next(moments), 5)

    batches = [*Numbering("gym", "e").make_batches(_log().rows, BOOT, now)]
    told = [one.sent.monotonic_ns for one in batches if one.sent]
    assert told == list(range(len(batches)))
