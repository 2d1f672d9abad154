"""Tables of `derived.sqlite3`: no migrations, for another shape is a new file, built again."""

import hashlib
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

DERIVED: Final = MetaData()

SHAPE: Final = Table("shape", DERIVED, Column("sha256", String, primary_key=True))

# The run of the archive up to which `run_times` is complete: one row.
INDEXED: Final = Table("indexed", DERIVED, Column("cursor", Integer, primary_key=True))

# Which time of which gateway's boot a run of the archive has records of.
RUN_TIMES: Final = Table(
    "run_times",
    DERIVED,
    Column("run_id", Integer, primary_key=True),
    Column("gateway", String, primary_key=True),
    Column("boot_id", String, primary_key=True),
    Column("first_monotonic_ns", BigInteger, nullable=False),
    Column("last_monotonic_ns", BigInteger, nullable=False),
    Column("wall_ns", BigInteger, nullable=False),  # at `first_monotonic_ns`
    Index(
        "ix_run_times_boot",
        "gateway",
        "boot_id",
        "first_monotonic_ns",
        "last_monotonic_ns",
        "run_id",
        "wall_ns",
    ),
)

# Which wall clock (less the monotonic, in WALL_STEP_NS) runs of a boot began with, by the minute.
CLOCK_MINUTES: Final = Table(
    "clock_minutes",
    DERIVED,
    Column("gateway", String, primary_key=True),
    Column("boot_id", String, primary_key=True),
    Column("level", BigInteger, primary_key=True),
    Column("minute", BigInteger, primary_key=True),  # of the monotonic clock
    Column("first_monotonic_ns", BigInteger, nullable=False),
    Column("last_monotonic_ns", BigInteger, nullable=False),
    Column("wall_ns", BigInteger, nullable=False),  # at `first_monotonic_ns`
)

# One row a boot; an empty id has gaps that only wall clocks place.
BOOTS: Final = Table(
    "boots",
    DERIVED,
    Column("gateway", String, primary_key=True),
    Column("boot_id", String, primary_key=True),
    Column("first_monotonic_ns", BigInteger, nullable=False),
    Column("last_monotonic_ns", BigInteger, nullable=False),
    Column("longest_ns", BigInteger, nullable=False),  # no run of it is longer
    Column("offset_ns", BigInteger, nullable=False),  # to UTC, to within WALL_STEP_NS
)

# One row a session that was projected, with all that went in.
PROJECTED: Final = Table(
    "projected",
    DERIVED,
    Column("session", String, primary_key=True),
    Column("seen_sha256", String, nullable=False),  # of how far ledger and archive had come
    Column("inputs_sha256", String, nullable=False),  # the same inputs give the same rows
    Column("built_wall_ns", BigInteger, nullable=False),
    Column("from_utc_ns", BigInteger, nullable=False),  # all the time in which straps were worn
    Column("until_utc_ns", BigInteger, nullable=False),
)

# One metric of one person in one session: a Quantity as JSON each, planned and delivered.
METRICS: Final = Table(
    "metrics",
    DERIVED,
    Column("session", String, primary_key=True),
    Column("participant", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("category", String, primary_key=True),  # empty: the whole session
    Column("planned", Text, nullable=False),
    Column("delivered", Text, nullable=False),
    Column("inputs_sha256", String, nullable=False),
)

# What a reader of a cell must see beside its numbers: JSON of server.projection.marks.Marks.
MARKS: Final = Table(
    "marks",
    DERIVED,
    Column("session", String, primary_key=True),
    Column("participant", String, primary_key=True),
    Column("content", Text, nullable=False),
)

# What adherence over the course needs of her evening: JSON of a SessionRecord.
RECORDS: Final = Table(
    "records",
    DERIVED,
    Column("session", String, primary_key=True),
    Column("participant", String, primary_key=True),
    Column("content", Text, nullable=False),
)

# The detector's count of a set, beside the trainer's: JSON of a Proposal.
PROPOSALS: Final = Table(
    "proposals",
    DERIVED,
    Column("session", String, primary_key=True),
    Column("participant", String, primary_key=True),
    Column("set_name", String, primary_key=True),
    Column("content", Text, nullable=False),
)

# What a chart draws: columns of numbers of one person in one session, as an .npz file.
TRACES: Final = Table(
    "traces",
    DERIVED,
    Column("session", String, primary_key=True),
    Column("participant", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# What a quality rule found in a session: JSON of server.projection.quality.finding.Hit.
FINDINGS: Final = Table(
    "findings",
    DERIVED,
    Column("session", String, primary_key=True),
    Column("rule", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),
)

# What later evenings are compared with: JSON of server.projection.quality.seen.HeartSigns.
HEART_SIGNS: Final = Table(
    "heart_signs",
    DERIVED,
    Column("session", String, primary_key=True),
    Column("participant", String, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("content", Text, nullable=False),
)

# Where the time of a stream went that wasn't heard: JSON of server.projection.lost_time.LostTime.
LOST_TIME: Final = Table(
    "lost_time",
    DERIVED,
    Column("session", String, primary_key=True),
    Column("participant", String, primary_key=True),
    Column("stream", String, primary_key=True),
    Column("content", Text, nullable=False),
)

# How well a strap's clock is known on a gateway: JSON of StrapClocks.
STRAP_CLOCKS: Final = Table(
    "strap_clocks",
    DERIVED,
    Column("session", String, primary_key=True),
    Column("gateway", String, primary_key=True),
    Column("strap", String, primary_key=True),
    Column("content", Text, nullable=False),
)

# Strap against strap by three knocks: JSON of SessionSync.
SYNC_MOMENTS: Final = Table(
    "sync_moments",
    DERIVED,
    Column("session", String, primary_key=True),
    Column("number", Integer, primary_key=True),  # in the order of their entries, from 0
    Column("content", Text, nullable=False),
)

# What a strap says of one set: JSON of StationSensed.
STATIONS: Final = Table(
    "stations",
    DERIVED,
    Column("session", String, primary_key=True),
    Column("participant", String, primary_key=True),
    Column("set_name", String, primary_key=True),
    Column("content", Text, nullable=False),
)

OF_A_SESSION: Final = (
    PROJECTED,
    METRICS,
    MARKS,
    RECORDS,
    PROPOSALS,
    TRACES,
    FINDINGS,
    HEART_SIGNS,
    LOST_TIME,
    STRAP_CLOCKS,
    SYNC_MOMENTS,
    STATIONS,
)


def compute_shape() -> str:
    """Changes with every table, column and key here: a file of another shape is thrown away."""
    told = [
        f"{table.name}.{column.name} {column.type!r} {column.primary_key} {column.nullable}"
        for table in DERIVED.sorted_tables
        for column in table.columns
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
