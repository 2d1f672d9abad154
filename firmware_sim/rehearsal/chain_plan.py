"""What a rehearsal or a demo starts: how many straps of which kind, and which programs."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# -P: a folder named "server" where the user happens to stand is not our server.
PROGRAMS: Mapping[str, Sequence[str]] = {
    name: (sys.executable, "-P", "-m", module)
    for name, module in (("straps", "firmware_sim"), ("server", "server"), ("gateway", "gateway"))
}


@dataclass(frozen=True, slots=True)
class ChainPlan:
    """What is started. `programs` are the first words of each program's command."""

    n_straps: int
    model: str = "h10"
    seed: int = 1
    scenario: str | None = None
    replay: Path | None = None
    database: str | None = None
    port: int | None = None  # of the server; None takes a free one
    keeps_truth: bool = True  # a demo that runs for days must not
    backs_up: bool = False  # a demo does, as a study should
    has_participants: bool = False  # fifteen, as a session of the study has
    n_strangers: int = 0  # of the straps, the last ones, which are not put on the roster
    heart_rate_only: frozenset[int] = frozenset()  # places of straps with no consent to movement
    programs: Mapping[str, Sequence[str]] = field(default_factory=lambda: PROGRAMS)
