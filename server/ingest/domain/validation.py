"""What a batch must be before it is looked at any further."""

import re
from itertools import pairwise
from typing import Final

from protocol.errors import InvalidIdentifierError
from protocol.identifiers import parse_strap_id
from protocol.messages.digest import DIGEST_BYTES
from protocol.messages.uplink import GapDeclaration, NotificationRecord, UplinkBatch
from protocol.quoting import quote
from server.errors import InvalidBatchError, NotPermittedError

MAX_PAYLOAD_BYTES: Final = 4096  # attributes hold 512 (Core Vol 3 Part F 3.2.9)
MAX_GAP_NUMBERS: Final = 1_000_000  # a gap names journal rows, and no journal drops more at once
_MAX_CHARACTERISTIC: Final = 64
_MAX_INTEGER: Final = 2**63 - 1  # what both databases keep

_RANGE: Final = "it lies between 0 and 2^63 - 1"

_EPOCH = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
_BOOT = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
_CHARACTERISTIC = re.compile(r"[0-9a-z][0-9a-z_-]*(/[0-9a-z_-]+)?")
# A newer gateway may have a reason of its own (GapReason); refusing it would hold up its line.
_REASON = re.compile(r"[a-z][a-z_]{0,31}")


def validate_batch(batch: UplinkBatch, token_gateway: str) -> None:
    """Raise NotPermittedError or InvalidBatchError; else all is well."""
    if batch.gateway != token_gateway:
        raise NotPermittedError(
            f"the token belongs to gateway {token_gateway!r} and can't upload for another one"
        )
    if not _EPOCH.fullmatch(batch.epoch):
        raise InvalidBatchError("the epoch must be 1 to 64 letters, digits, dots or dashes")
    texts = _KnownTexts()
    if batch.sent is not None:
        texts.check_boot(batch.sent.boot_id, "sent")
    for record in batch.records:
        if not texts.is_ordinary(record):
            _check_record(record, texts)
    for gap in batch.gaps:
        _check_gap(gap, texts)
    _check_numbers(batch)


class _KnownTexts:
    """Texts of a batch that passed: a batch repeats a few of them hundreds of times."""

    def __init__(self) -> None:
        self.straps: set[str] = set()
        self.characteristics: set[str] = set()
        self.boots: set[str] = set()

    def is_ordinary(self, record: NotificationRecord) -> bool:
        """Whether nothing in a record is new or out of range: true for almost all of them."""
        return (
            record.strap in self.straps
            and record.characteristic in self.characteristics
            and record.boot_id in self.boots
            and 0 <= record.monotonic_ns <= _MAX_INTEGER
            and 0 <= record.wall_ns <= _MAX_INTEGER
            and len(record.payload) <= MAX_PAYLOAD_BYTES
        )

    def check_strap(self, strap: str, where: str) -> None:
        if strap in self.straps:
            return
        try:
            serial = parse_strap_id(strap)
        except InvalidIdentifierError as error:
            raise InvalidBatchError(f"{where}: {error}") from None
        if serial != strap:
            raise InvalidBatchError(f"{where}: a strap's serial is in capitals, not {strap!r}")
        self.straps.add(strap)

    def check_characteristic(self, name: str, where: str) -> None:
        if name in self.characteristics:
            return
        if len(name) > _MAX_CHARACTERISTIC or not _CHARACTERISTIC.fullmatch(name):
            raise InvalidBatchError(f"{where}: no characteristic has the name {quote(name)}")
        self.characteristics.add(name)

    def check_boot(self, boot_id: str, where: str) -> None:
        if boot_id in self.boots:
            return
        if not _BOOT.fullmatch(boot_id):
            raise InvalidBatchError(f"{where}: a boot id has 1 to 64 letters, digits or dashes")
        self.boots.add(boot_id)


def _check_record(record: NotificationRecord, texts: _KnownTexts) -> None:
    where = f"record {record.seq}"
    texts.check_strap(record.strap, where)
    texts.check_characteristic(record.characteristic, where)
    texts.check_boot(record.boot_id, where)
    if not 0 <= record.monotonic_ns <= _MAX_INTEGER:
        raise InvalidBatchError(f"{where}: monotonic_ns is {record.monotonic_ns}; {_RANGE}")
    if not 0 <= record.wall_ns <= _MAX_INTEGER:
        raise InvalidBatchError(f"{where}: wall_ns is {record.wall_ns}; {_RANGE}")
    if len(record.payload) > MAX_PAYLOAD_BYTES:
        raise InvalidBatchError(f"{where}: {len(record.payload)} bytes of payload are too many")


def _check_gap(gap: GapDeclaration, texts: _KnownTexts) -> None:
    where = f"gap {gap.first_seq}"
    texts.check_strap(gap.strap, where)
    if gap.characteristic is not None:
        texts.check_characteristic(gap.characteristic, where)
    if gap.boot_id is not None:
        texts.check_boot(gap.boot_id, where)
    if not _REASON.fullmatch(gap.reason):
        raise InvalidBatchError(f"{where}: {quote(gap.reason)} is no reason for a gap")
    if gap.record_hash is not None and len(gap.record_hash) != DIGEST_BYTES:
        raise InvalidBatchError(f"{where}: record_hash has {DIGEST_BYTES} bytes or is absent")
    _check_gap_times(gap, where)


def _check_gap_times(gap: GapDeclaration, where: str) -> None:
    """Wall clocks step, so to_ns may lie before from_ns; stamps of one boot's clock may not."""
    _check_range(gap.from_ns, f"{where}: from_ns")
    _check_range(gap.to_ns, f"{where}: to_ns")
    begin, end = gap.from_monotonic_ns, gap.to_monotonic_ns
    if begin is None and end is None:
        return
    if begin is None or end is None or gap.boot_id is None:
        raise InvalidBatchError(f"{where}: monotonic stamps come as a pair, with their boot id")
    _check_range(begin, f"{where}: from_monotonic_ns")
    _check_range(end, f"{where}: to_monotonic_ns")
    if end < begin:
        raise InvalidBatchError(f"{where}: ends before it begins")


def _check_range(value: int, what: str) -> None:
    if not 0 <= value <= _MAX_INTEGER:
        raise InvalidBatchError(f"{what} is {value}; {_RANGE}")


def _check_numbers(batch: UplinkBatch) -> None:
    """Records ascend, and no number is used twice."""
    seqs = [record.seq for record in batch.records]
    if any(later <= earlier for earlier, later in pairwise(seqs)):
        raise InvalidBatchError("the numbers of the records must ascend")
    for gap in batch.gaps:
        if not gap.first_seq <= gap.last_seq < gap.first_seq + MAX_GAP_NUMBERS:
            raise InvalidBatchError(
                f"gap {gap.first_seq}: last_seq lies at or after first_seq, at most a million on"
            )
    taken = [(seq, seq) for seq in seqs]
    if batch.gaps:
        taken = sorted(taken + [(gap.first_seq, gap.last_seq) for gap in batch.gaps])
        if any(later[0] <= earlier[1] for earlier, later in pairwise(taken)):
            raise InvalidBatchError("a number belongs to one record or to one gap")
    if taken and not (1 <= batch.first_seq <= taken[0][0] and taken[-1][1] <= _MAX_INTEGER):
        raise InvalidBatchError("numbers begin at first_seq, which is at least 1")
