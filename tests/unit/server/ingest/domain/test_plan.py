"""A batch against what is stored: new, known or conflicting; and the promise A10."""

from dataclasses import dataclass, field
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from server.ingest.domain.coverage import Coverage, Run
from server.ingest.domain.entries import Entry, StoredEntry, number_entries
from server.ingest.domain.plan import Stretch, list_stretches, plan_batch
from tests.unit.server.batches import Entry as Value
from tests.unit.server.batches import batch, gap, record

N_NUMBERS = 24
# One life of a journal: each number always holds the same; 7 to 9 and 15 are gaps.
JOURNAL: list[Value] = [
    *(record(seq) for seq in range(1, 7)),
    gap(7, 9),
    *(record(seq) for seq in range(10, 15)),
    gap(15),
    *(record(seq) for seq in range(16, N_NUMBERS + 1)),
]
# Any stretch of it may be an upload: borders differ from try to try.
UPLOADS = st.tuples(st.integers(0, len(JOURNAL)), st.integers(0, 8)).map(
    lambda t: JOURNAL[t[0] : t[0] + t[1]]
)


@dataclass
class ModelArchive:
    """What the archive does with a plan, in memory."""

    stored: dict[int, StoredEntry] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=Coverage)

    def take(self, values: list[Value]) -> tuple[Run, ...]:
        entries = number_entries(batch(values))
        wanted = Coverage((s.first, s.last) for s in list_stretches(entries, self.coverage))
        stored = self.stored.values()
        near = [one for one in stored if wanted.overlaps(one.first_seq, one.last_seq)]
        plan = plan_batch(entries, near)
        if plan.conflicting:
            return plan.conflicting
        for run in plan.new_runs:
            for entry in run:
                assert entry.first_seq not in self.stored
                self.stored[entry.first_seq] = _as_stored(entry)
            self.coverage.add(run[0].first_seq, run[-1].last_seq)
        return ()


def _as_stored(entry: Entry) -> StoredEntry:
    return StoredEntry(entry.first_seq, entry.last_seq, entry.digest)


def _take_all(uploads: list[list[Value]]) -> ModelArchive:
    archive = ModelArchive()
    for values in uploads:
        assert archive.take(values) == ()
    return archive


@given(st.lists(UPLOADS, max_size=12), st.randoms(use_true_random=False))
def test_a10_the_archive_is_a_function_of_the_set_of_uploads(
    uploads: list[list[Value]], chance: Random
) -> None:
    shuffled = [*uploads, *uploads[::2]]
    chance.shuffle(shuffled)
    once, again = _take_all(uploads), _take_all(shuffled)
    assert once.stored == again.stored
    assert once.coverage.runs == again.coverage.runs


class Uploading(RuleBasedStateMachine):
    """Uploads in any pattern, some with other bytes: what is stored never changes again."""

    def __init__(self) -> None:
        super().__init__()
        self.archive = ModelArchive()
        self.sent: set[int] = set()

    @rule(values=UPLOADS)
    def upload(self, values: list[Value]) -> None:
        assert self.archive.take(values) == ()
        for entry in number_entries(batch(values)):
            self.sent.update(range(entry.first_seq, entry.last_seq + 1))

    @rule(seq=st.sampled_from([1, 5, 11, 20]))
    def upload_other_bytes(self, seq: int) -> None:
        before = dict(self.archive.stored)
        if seq in self.sent:
            assert self.archive.take([record(seq, b"other")]) == ((seq, seq),)
        assert self.archive.stored == before

    @invariant()
    def nothing_is_lost_or_invented(self) -> None:
        covered = {n for a, b in self.archive.coverage.runs for n in range(a, b + 1)}
        assert covered == self.sent

    @invariant()
    def stored_entries_are_those_of_the_journal(self) -> None:
        whole = {entry.first_seq: _as_stored(entry) for entry in number_entries(batch(JOURNAL))}
        assert self.archive.stored.items() <= whole.items()


TestA10UploadsInAnyPattern = Uploading.TestCase
TestA10UploadsInAnyPattern.settings = settings(max_examples=300, stateful_step_count=40)


def test_same_number_with_other_bytes_conflicts_and_the_rest_is_told_apart() -> None:
    archive = _take_all([[record(1), record(2), record(3)]])
    entries = number_entries(batch([record(2), record(3, b"other"), record(4)]))
    plan = plan_batch(entries, archive.stored.values())
    assert plan.conflicting == ((3, 3),)
    assert plan.known == ((2, 2),)


def test_a_gap_conflicts_with_a_record_under_one_of_its_numbers() -> None:
    archive = _take_all([[record(8)]])
    assert archive.take([gap(7, 9)]) == ((7, 9),)


def test_a_record_conflicts_with_the_gap_that_holds_its_number() -> None:
    archive = _take_all([[gap(7, 9)]])
    assert archive.take([record(8)]) == ((8, 8),)


def test_a_gap_of_another_length_conflicts() -> None:
    archive = _take_all([[gap(7, 9)]])
    assert archive.take([gap(7, 8)]) == ((7, 8),)


def test_a12_a_declared_gap_carries_the_watermark_past_itself() -> None:
    archive = _take_all([[record(1), record(2)], [record(6)], [gap(3, 5)]])
    assert archive.coverage.watermark == 6


def test_new_numbers_around_known_ones_are_two_runs() -> None:
    archive = _take_all([[record(3)]])
    entries = number_entries(batch([record(seq) for seq in range(1, 6)]))
    plan = plan_batch(entries, archive.stored.values())
    assert [[entry.first_seq for entry in run] for run in plan.new_runs] == [[1, 2], [4, 5]]


def test_c4_only_what_is_stored_is_compared_and_nothing_between_numbers_far_apart() -> None:
    stored = Coverage([(1, 20), (30, 40)])
    values: list[Value] = [record(2), record(3), gap(4, 6), gap(7), record(8), record(25)]
    values += [record(30), record(2**40)]
    assert list_stretches(number_entries(batch(values)), stored) == [
        Stretch(2, 3, 2),
        Stretch(4, 6, 1),
        Stretch(7, 8, 2),
        Stretch(30, 30, 1),
    ]
