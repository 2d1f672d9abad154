"""Up to when each stream is accounted for: where the gap of a gateway that died begins.

A stamp a stream, beside one since when a strap's link may send: a first value may die with the
gateway before its stream has any stamp.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from gateway.journal.entries import Entry, Observation, Silence, Unnumbered, is_notification
from gateway.journal.link_rows import ends_account, find_withdrawn, read_link
from gateway.journal.rows import moment_of
from gateway.straps.recorder import STREAM_OF
from protocol.identifiers import StrapId
from protocol.messages.uplink import (
    LINK_CHARACTERISTIC,
    MAY_SEND,
    GapDeclaration,
    GapReason,
)
from protocol.moments import ReceivedAt

Stream = tuple[StrapId, str]  # (strap, characteristic)
Streams = dict[Stream, ReceivedAt]

MEASURED = frozenset(STREAM_OF.values())  # what has a cadence

_OF_THE_PAST = {GapReason.SERVER_LOST, GapReason.JOURNAL_DAMAGED}  # from a backup, from a wreck


def tells_of_the_past(reason: str) -> bool:
    """Whether a gap lies far behind what a stream is accounted for up to: it moves no stamp."""
    return reason in _OF_THE_PAST


def follow(
    stamps: Streams,
    entries: Iterable[Unnumbered],
    inherited: Mapping[Stream, ReceivedAt] = MappingProxyType({}),
) -> Streams:
    """What stamps become with these entries. `inherited`: those that an earlier run left.

    Each moves on to its stream's newest notification or the end of its newest gap.
    """
    after = dict(stamps)
    for entry in entries:
        if _is_beside_old_link(after, entry, inherited):
            continue
        if isinstance(entry, Silence):
            _follow_gap(after, entry)
        elif is_notification(entry.characteristic):
            _move_on(after, (entry.strap, entry.characteristic), entry.received)
        elif entry.characteristic == LINK_CHARACTERISTIC:
            _follow_link(after, entry, inherited)
    return after


def inherit(stamps: Streams, left: Streams) -> Streams:
    """Stamps with those that a journal before this one left.

    A stream heard since has its own, and with it its strap's link; of two links that sent nothing
    since, the earlier one is the safe one, with what came over it.
    """
    heard = {strap for strap, name in stamps if name in MEASURED}
    old = {s: at for s, at in left.items() if s[0] not in heard or s[1] != LINK_CHARACTERISTIC}
    linked = {strap for strap, name in old if name == LINK_CHARACTERISTIC}
    return old | {stream: at for stream, at in stamps.items() if stream[0] not in linked}


def _is_beside_old_link(
    stamps: Streams, entry: Unnumbered, inherited: Mapping[Stream, ReceivedAt]
) -> bool:
    """What is no stream says nothing of a link that an earlier run left, before its gap is told."""
    name, link = entry.characteristic, (entry.strap, LINK_CHARACTERISTIC)
    if name is None or name in MEASURED or not is_notification(name):
        return False
    return link in stamps and stamps[link] == inherited.get(link)


def _follow_gap(stamps: Streams, gap: Silence) -> None:
    """Whose stream was withdrawn since has no stamp, and gets none of what a dead gateway lost."""
    if tells_of_the_past(gap.reason):
        return
    is_down = gap.reason is GapReason.GATEWAY_DOWN
    for stream in _covered(stamps, gap.strap, gap.characteristic):
        if stream in stamps or not is_down:
            _cover(stamps, stream, gap.since.boot_id, gap.until)


def _follow_link(
    stamps: Streams, entry: Observation, inherited: Mapping[Stream, ReceivedAt]
) -> None:
    """A link's stamp is of its first moment, and goes with the link of the run that opened it.

    One that an earlier run left stays as it is: only a gap of the whole strap tells what was lost
    then, and from there on it is of this run.
    With the row that a stream is withdrawn all that the link sent before is on the disk, and every
    silence of two seconds is declared: its other streams are accounted for up to there.
    Of a strap off the roster nothing is expected any more.
    """
    stream, event = (entry.strap, entry.characteristic), read_link(entry.payload)
    is_own = stamps.get(stream) != inherited.get(stream)
    if (withdrawn := find_withdrawn(entry.payload)) is not None:
        stamps.pop((entry.strap, withdrawn), None)
        stamps |= _all_at(stamps, entry.strap, entry.received)
        if is_own:
            stamps[stream] = entry.received
    if event.phase in MAY_SEND:
        stamps.setdefault(stream, entry.received)
    elif ends_account(entry.payload):
        for left in [left for left in stamps if left[0] == entry.strap]:
            del stamps[left]
    elif is_own:
        stamps.pop(stream, None)


def _move_on(stamps: Streams, stream: Stream, moment: ReceivedAt) -> None:
    """Never back: a gap of a whole strap ends at the first value after it, and another stream of
    hers may have one more by the time the gap is written.
    """
    known = stamps.get(stream)
    if known is None or known.boot_id != moment.boot_id or known.monotonic_ns < moment.monotonic_ns:
        stamps[stream] = moment


def _cover(stamps: Streams, stream: Stream, since_boot: str, until: ReceivedAt) -> None:
    """What a search found late may be a gap of boots before the stamp's: it moves nothing back."""
    known = stamps.get(stream)
    if known is None or known.boot_id in {since_boot, until.boot_id}:
        _move_on(stamps, stream, until)


def follow_numbered(stamps: Streams, entries: Iterable[Entry]) -> None:
    """The same with entries as they are stored: they know better than a stamp that was damaged.

    But for a link and what came beside its streams: no entry tells a kill from a clean stop.
    """
    newest: Streams = {}
    rebooted = set[Stream]()  # since their newest value
    for entry in entries:
        strap, name = StrapId(entry.strap), entry.characteristic
        if isinstance(entry, GapDeclaration):
            if not tells_of_the_past(entry.reason):
                covered = set(_covered(stamps | newest, strap, name))
                _follow_numbered_gap(newest, covered, rebooted, entry)
        elif is_notification(entry.characteristic):
            rebooted.discard((strap, entry.characteristic))
            _move_on(newest, (strap, entry.characteristic), moment_of(entry))
        elif find_withdrawn(entry.payload) is not None:
            newest |= _all_at(newest, strap, moment_of(entry))
    linked = {strap for strap, name in stamps if name == LINK_CHARACTERISTIC}
    stamps |= {s: at for s, at in newest.items() if s[1] in MEASURED or s[0] not in linked}


def _follow_numbered_gap(
    newest: Streams, streams: set[Stream], rebooted: set[Stream], gap: GapDeclaration
) -> None:
    """One over a reboot names no boot: from there on the stamps know better."""
    if gap.boot_id is None:
        rebooted |= streams
        for stream in streams:
            newest.pop(stream, None)
        return
    for stream in streams - rebooted:
        _cover(newest, stream, gap.boot_id, moment_of(gap))


def _all_at(stamps: Streams, strap: StrapId, moment: ReceivedAt) -> Streams:
    """The strap's streams as of a moment; what else came over its link is in no gap of its own."""
    return {stream: moment for stream in stamps if stream[0] == strap and stream[1] in MEASURED}


def _covered(stamps: Streams, strap: StrapId, name: str | None) -> list[Stream]:
    """The streams that a gap of a strap, or (by name) of one of its streams, is about."""
    if name is None:
        return [stream for stream in stamps if stream[0] == strap]
    return [(strap, name)] if is_notification(name) else []
