"""How long what the server has stays here too: 72 hours, less where the disk needs it. Pure."""

from gateway.journal.room import BALLAST_BYTES, SPARE_BYTES
from gateway.journal.shedding import Keep

_NS_PER_H = 3600 * 1_000_000_000

RETENTION_H = 72  # a server restored from last night's backup gets it all (promise G5)
RETENTION_NS = RETENTION_H * _NS_PER_H
FLOOR_NS = _NS_PER_H  # a backup of the server is minutes old; this stays while new values fit
PRUNE_FRACTION = 0.70  # of the disk in use; above it the journal shouldn't grow
ENOUGH_TO_REUSE_BYTES = BALLAST_BYTES + SPARE_BYTES  # inside the store: new values take this


def choose_retention_ns(used_fraction: float, reusable_bytes: int, level: Keep) -> int:
    """How long an acknowledged entry stays; 0: as long as nobody needs its room.

    The store's file never shrinks, so more pruning than new values can reuse helps nobody. Below
    `Keep.EVERYTHING` the only copy of new values is at stake, against a second copy of old ones.
    """
    if used_fraction < PRUNE_FRACTION or reusable_bytes >= ENOUGH_TO_REUSE_BYTES:
        return RETENTION_NS
    return FLOOR_NS if level is Keep.EVERYTHING else 0
