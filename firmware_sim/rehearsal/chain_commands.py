"""How the three programs are called, and where they meet. Pure."""

from dataclasses import dataclass
from pathlib import Path

from firmware_sim.rehearsal.chain_plan import ChainPlan
from firmware_sim.rehearsal.study import DATA, TOKEN

LOOPBACK = "127.0.0.1"
BACKEND = "firmware_sim.radio.bleak_backend:open_radio"


@dataclass(frozen=True, slots=True)
class Places:
    """The folder of the evidence, and the ports on this machine."""

    folder: Path
    server_port: int
    status_port: int
    radio_port: int

    @property
    def data(self) -> Path:
        """The server's data directory."""
        return self.folder / DATA

    @property
    def truth_log(self) -> Path:
        """The straps' account as it grows."""
        return self.folder / "truth.jsonl"


def list_straps_command(plan: ChainPlan, places: Places) -> list[str]:
    """The straps, told what to play and where to keep account."""
    more = ["--truth", str(places.truth_log)] if plan.keeps_truth else []
    more += ["--scenario", plan.scenario] if plan.scenario else []
    more += ["--replay", str(plan.replay)] if plan.replay else []
    return [
        *(*plan.programs["straps"], "straps", "--count", str(plan.n_straps)),
        *("--model", plan.model, "--seed", str(plan.seed)),
        *("--listen", f"{LOOPBACK}:{places.radio_port}", *more),
    ]


def list_server_command(plan: ChainPlan, places: Places) -> list[str]:
    """The server that serves."""
    where = ("--host", LOOPBACK, "--port", str(places.server_port))
    backup = ("--backup-to", str(places.folder / "backups")) if plan.backs_up else ()
    return list_study_command(plan, places.data, "serve", *where, *backup)


def list_study_command(plan: ChainPlan, data: Path, *words: str) -> list[str]:
    """One command of the server on a data directory."""
    database = ("--database", plan.database) if plan.database else ()
    return [*plan.programs["server"], *words, "--data", str(data), *database]


def list_gateway_command(plan: ChainPlan, places: Places, server_port: int) -> list[str]:
    """The gateway; its server listens on this port, or a relay before it does."""
    return [
        *(*plan.programs["gateway"], "run", "--server", f"http://{LOOPBACK}:{server_port}"),
        *("--token-file", str(places.folder / TOKEN)),
        *("--journal", str(places.folder / "journal"), "--backend", BACKEND),
        *("--radio", f"{LOOPBACK}:{places.radio_port}", "--status", str(places.status_port)),
    ]
