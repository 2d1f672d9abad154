"""What ingest counts, in a registry that its owner hands in."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from server.ingest.upload import Stored


class IngestMetrics:
    """Counters of uploads and commits."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._uploads = Counter(
            "doseline_ingest_uploads", "Uploads by outcome.", ["outcome"], registry=registry
        )
        self._entries = Counter(
            "doseline_ingest_entries",
            "Entries by outcome.",
            ["outcome"],
            registry=registry,
        )
        self._conflicts = Counter(
            "doseline_archive_conflicts",
            "Numbers that came again with other bytes. Anything above 0 needs a person.",
            registry=registry,
        )
        self._radio_faults = Counter(
            "doseline_ingest_radio_faults",
            "Uploads whose radio report could not be read; their entries are stored all the same.",
            registry=registry,
        )
        self._failures = Counter(
            "doseline_archive_write_failures", "Groups that could not be stored.", registry=registry
        )
        self._group = Histogram(
            "doseline_archive_group_uploads",
            "Uploads that shared one commit and sync.",
            buckets=(1, 2, 4, 8, 16, 32, 64),
            registry=registry,
        )
        self._commit_s = Histogram(
            "doseline_archive_commit_seconds", "From first insert to synced.", registry=registry
        )

    def note_stored(self, stored: Stored) -> None:
        """An upload was committed."""
        self._uploads.labels("stored" if stored.n_new else "known").inc()
        self._entries.labels("new").inc(stored.n_new)
        self._entries.labels("known").inc(stored.n_known)

    def note_conflict(self, n_numbers: int) -> None:
        """An upload went to quarantine."""
        self._uploads.labels("conflict").inc()
        self._conflicts.inc(n_numbers)

    def note_radio_fault(self) -> None:
        """An upload said of its gateway's radio what can't be read."""
        self._radio_faults.inc()

    def note_commit(self, n_uploads: int, took_s: float) -> None:
        """A transaction was committed and synced."""
        self._group.observe(n_uploads)
        self._commit_s.observe(took_s)

    def note_failure(self) -> None:
        """A transaction could not be committed; nothing of it was acknowledged."""
        self._failures.inc()
