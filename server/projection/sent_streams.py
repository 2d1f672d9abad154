"""What straps sent in a session, decoded one by one: from memory, else from the archive."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from server.db.database import Database
from server.dose.vector import hash_inputs
from server.projection.boots import RecordedRuns
from server.projection.decoded_straps import DecodedStraps
from server.projection.strap_gaps import DeclaredGap, read_strap_gaps
from server.projection.strap_records import StrapKey, StrapRecords, read_strap_records
from server.projection.strap_stream import StrapStream, read_strap_stream


@dataclass(frozen=True, slots=True)
class Sent:
    """What is to be decoded: these straps in these runs, with the gaps declared of them."""

    runs: RecordedRuns
    straps: Sequence[str]
    gaps: Mapping[StrapKey, Sequence[DeclaredGap]]

    def decode(self, key: StrapKey, found: StrapRecords) -> StrapStream:
        """Takes the records out of `found`: decoded, they aren't needed any more.

        A run may begin in one boot and end in the next; a boot that has no clock among the runs'
        wasn't heard in their stretch, and its records aren't of it.
        """
        losses_ns = [one.gap.to_ns for one in self.gaps.get(key, ()) if one.is_of_heart]
        clocks = self.runs.clocks.get(key[0], {})
        records = [one for one in found.of.pop(key, ()) if one.boot_id in clocks]
        stream = read_strap_stream(key, records, clocks, losses_ns)
        return replace(stream, n_damaged=found.n_damaged.get(key, 0))


def find_sent(study: Database, runs: RecordedRuns, straps: Collection[str]) -> Sent:
    """Of some straps in some runs."""
    with study.reading() as connection:
        gaps = read_strap_gaps(connection, runs.run_ids, straps, runs.clocks)
    return Sent(runs, sorted(straps), gaps)


def iterate_streams(
    study: Database, sent: Sent, decoded: DecodedStraps, *, keep: bool = False
) -> Iterator[StrapStream]:
    """Strap by strap: those at hand, then those that are read from the archive together.

    With `keep`, what is read is at hand the next time.
    """
    sha256 = hash_inputs(sent.runs.tell())
    kept = {strap: decoded.find(sha256, strap) for strap in sent.straps}
    for streams in kept.values():
        yield from streams or ()
    missing = [strap for strap, streams in kept.items() if streams is None]
    if not missing:
        return
    with study.reading() as connection:
        found = read_strap_records(connection, sent.runs.run_ids, missing)
    for strap in missing:
        read = (sent.decode(key, found) for key in found.list_keys(strap))
        if not keep:
            yield from read
            continue
        streams = tuple(read)
        decoded.keep(sha256, strap, streams)
        yield from streams
