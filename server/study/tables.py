"""What was said about participants, entry by entry, and the wording that a study licensed."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from server.db.metadata import METADATA, RowId

# Append-only. What holds of somebody is the entry with her highest number: a history has no
# branches, because the second one to add the same number is refused.
PARTICIPANT_ENTRIES: Final = Table(
    "participant_entries",
    METADATA,
    Column("code", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sign", String, nullable=False),
    Column("arm", String, nullable=False),
    Column("heat_sensitive", Boolean, nullable=False),
    Column("hr_unreliable", Boolean, nullable=False),
    Column("usual_strap", String, ForeignKey("straps.serial"), nullable=True),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
    Column("reason", String, nullable=True),
    CheckConstraint(
        "(number = 1 AND reason IS NULL) OR (number > 1 AND reason IS NOT NULL AND reason <> '')",
        name="reasoned",
    ),
)

# Append-only. The newest row of a scale counts; without content it says that the pack is withdrawn.
ANCHOR_PACKS: Final = Table(
    "anchor_packs",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("scale", String, nullable=False),
    Column("content", Text, nullable=True),  # TOML, byte for byte
    Column("sha256", String, nullable=False),
    Column("statement", Text, nullable=False),  # on which licence, or why withdrawn
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
)

# Append-only. What somebody decided of a finding as she saw it: of one finding on the same evidence
# the highest number counts.
QUALITY_DECISIONS: Final = Table(
    "quality_decisions",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("session", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("evidence_sha256", String, nullable=False),
    Column("told", Text, nullable=False),  # the sentence that she saw
    Column("decision", String, nullable=False),
    Column("reason", Text, nullable=True),
    Column("decided_by", String, nullable=False),
    Column("decided_wall_ns", BigInteger, nullable=False),
    CheckConstraint("decision IN ('accepted', 'left', 'reopened')", name="known"),
    CheckConstraint(
        "decision = 'accepted' OR (reason IS NOT NULL AND reason <> '')", name="reasoned"
    ),
)

# Append-only, as the entries above: the highest number of a code counts.
MEASURED_HEARTS: Final = Table(
    "measured_hearts",
    METADATA,
    Column("code", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("rest_bpm", Float, nullable=False),
    Column("max_bpm", Float, nullable=True),
    Column("age_years", Float, nullable=True),
    Column("formula", String, nullable=True),
    Column("sex", String, nullable=False),
    Column("vt1_bpm", Float, nullable=True),
    Column("vt2_bpm", Float, nullable=True),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
    Column("reason", String, nullable=True),
    CheckConstraint("number = 1 OR (reason IS NOT NULL AND reason <> '')", name="reasoned"),
)

# Append-only. Who may be given datasets; of her key only what tells it from another one.
RECIPIENTS: Final = Table(
    "recipients",
    METADATA,
    Column("name", String, primary_key=True),
    Column("key_fingerprint", String, nullable=False, unique=True),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
)

# Append-only. Every dataset that was handed out, and by which approval (`approval_requests`; none
# before there were any, and where nothing needed one). `levels`: JSON of `told_levels`; none of
# exact values, and of before it was noted.
HANDED_OUT: Final = Table(
    "handed_out",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("recipient", String, ForeignKey("recipients.name"), nullable=False),
    Column("profile", String, nullable=False),
    Column("approved", String, nullable=False),  # words, with commas between
    Column("reason", Text, nullable=True),
    Column("manifest_sha256", String, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
    Column("approval", Integer, ForeignKey("approval_requests.number"), nullable=True),
    Column("levels", Text, nullable=True),
    Column("part", Text, nullable=True),
    CheckConstraint("approved = '' OR (reason IS NOT NULL AND reason <> '')", name="reasoned"),
)

# Append-only. Each time that somebody took one of them from the console.
DATASETS_TAKEN: Final = Table(
    "datasets_taken",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("handed_out", Integer, ForeignKey("handed_out.number"), nullable=False),
    Column("taken_by", String, nullable=False),
    Column("taken_wall_ns", BigInteger, nullable=False),
)

# Append-only, in one chain as the ledger is: what was measured, drawn and found. `envelope` is the
# canonical JSON that the hash is taken over; the columns beside it repeat parts of it. Of one thing
# the numbers count without a branch: who adds one that is taken is refused.
STUDY_FACTS: Final = Table(
    "study_facts",
    METADATA,
    Column("n", RowId, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("about", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("envelope", Text, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    UniqueConstraint("kind", "about", "number", name="uq_study_facts_thing"),
)

# What a fact says, apart from the chain: a recorded erasure may delete it, and nothing else.
STUDY_FACT_VALUES: Final = Table(
    "study_fact_values",
    METADATA,
    Column("n", RowId, ForeignKey("study_facts.n"), primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("value", Text, nullable=False),  # canonical JSON, an answer a field
    Column("reason", Text, nullable=True),
    Column("corrects", Boolean, nullable=False),
    CheckConstraint("NOT corrects OR (reason IS NOT NULL AND reason <> '')", name="reasoned"),
)

# Fact `n` was erased, and fact `recorded_n` says by whom and why.
STUDY_FACT_ERASURES: Final = Table(
    "study_fact_erasures",
    METADATA,
    Column("n", RowId, ForeignKey("study_facts.n"), primary_key=True, autoincrement=False),
    Column("recorded_n", BigInteger, ForeignKey("study_facts.n"), nullable=False),
)

# Append-only. Plans of the analysis, and the lock of the data that it is run on.
ANALYSIS_RECORDS: Final = Table(
    "analysis_records",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("content", Text, nullable=False),
    Column("reason", Text, nullable=True),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
    CheckConstraint("kind IN ('plan', 'lock')", name="known"),
)

# Never changed; erased by a row of `record_erasures`. What the study says itself for an item of a
# reporting checklist; of one item the highest number counts. Not `applies`: the text says why the
# item doesn't apply.
REPORTING_SENTENCES: Final = Table(
    "reporting_sentences",
    METADATA,
    Column("item", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("applies", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("reason", Text, nullable=True),
    Column("recorded_by", String, nullable=False),
    Column("recorded_wall_ns", BigInteger, nullable=False),
    Column("salt", LargeBinary, nullable=True),  # of its link; it goes with what was said
    CheckConstraint("text <> ''", name="said"),
    CheckConstraint("number = 1 OR (reason IS NOT NULL AND reason <> '')", name="reasoned"),
)
