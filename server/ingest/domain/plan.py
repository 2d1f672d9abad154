"""A batch against what is stored: what is new, what is known, what contradicts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from server.ingest.domain.coverage import Coverage, Run
from server.ingest.domain.entries import Entry, StoredEntry


@dataclass(frozen=True, slots=True)
class Plan:
    """What storing a batch would do. With anything in `conflicting`, nothing is stored."""

    new_runs: tuple[tuple[Entry, ...], ...]  # each run: entries whose numbers follow on
    known: tuple[Run, ...]
    conflicting: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Entries whose numbers follow on, `first` to `last`; one that has many numbers is alone."""

    first: int
    last: int
    n_entries: int


def list_stretches(entries: Sequence[Entry], coverage: Coverage) -> list[Stretch]:
    """What of a batch is stored at least in part. Numbers may lie far apart: nothing between."""
    stretches: list[Stretch] = []
    for entry in entries:
        if not coverage.overlaps(entry.first_seq, entry.last_seq):
            continue
        before = stretches[-1] if stretches else Stretch(0, -1, 0)
        is_next = entry.first_seq == entry.last_seq == before.last + 1
        if is_next and before.last - before.first < before.n_entries:
            stretches[-1] = Stretch(before.first, entry.last_seq, before.n_entries + 1)
        else:
            stretches.append(Stretch(entry.first_seq, entry.last_seq, 1))
    return stretches


def fill_run(run: Run, found: Sequence[StoredEntry]) -> list[StoredEntry]:
    """The entries of a stored run, from what its index says: every number is held by one.

    A number that a damaged index no longer names is held by an entry without a hash, so that it
    conflicts: the sender's copy is kept, and the number isn't stored a second time.
    """
    first, last = run
    fitting = [one for one in found if first <= one.first_seq <= one.last_seq <= last]
    if len(fitting) == len(found) and len({one.first_seq for one in found}) == len(found):
        n_held = sum(one.last_seq - one.first_seq + 1 for one in found)
        if n_held == last - first + 1:
            return fitting
    return fitting + [StoredEntry(a, b, b"") for a, b in list_holes(run, fitting)]


def list_holes(run: Run, held: Iterable[StoredEntry]) -> list[Run]:
    """The numbers of a run that none of these entries, all in it, has."""
    first, last = run
    stretches = Coverage((one.first_seq, one.last_seq) for one in held).runs
    borders = [first - 1, *(number for pair in stretches for number in pair), last + 1]
    return [(a + 1, b - 1) for a, b in zip(borders[::2], borders[1::2], strict=True) if a + 1 < b]


def plan_batch(entries: Sequence[Entry], stored: Collection[StoredEntry]) -> Plan:
    """Compare entry by entry. `entries` ascend; `stored` is what shares numbers with them.

    An entry is known when one stored entry has the same numbers and the same hash; it conflicts
    when any of its numbers is stored otherwise.
    """
    if not stored:
        return Plan(_join_runs(entries), (), ())
    ahead = sorted(stored, key=lambda one: one.first_seq)
    new: list[Entry] = []
    known = Coverage()
    conflicting = Coverage()
    at = 0
    for entry in entries:
        while at < len(ahead) and ahead[at].last_seq < entry.first_seq:
            at += 1
        if at == len(ahead) or ahead[at].first_seq > entry.last_seq:
            new.append(entry)
        elif _is_same(entry, ahead[at]):
            known.add(entry.first_seq, entry.last_seq)
        else:
            conflicting.add(entry.first_seq, entry.last_seq)
    return Plan(_join_runs(new), known.runs, conflicting.runs)


def _is_same(entry: Entry, stored: StoredEntry) -> bool:
    mine = (entry.first_seq, entry.last_seq, entry.digest)
    return mine == (stored.first_seq, stored.last_seq, stored.digest)


def _join_runs(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], ...]:
    runs: list[list[Entry]] = []
    previous_last = -1
    for entry in entries:
        if entry.first_seq != previous_last + 1 or not runs:
            runs.append([])
        runs[-1].append(entry)
        previous_last = entry.last_seq
    return tuple(tuple(run) for run in runs)
