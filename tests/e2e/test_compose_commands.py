"""Each service of docker-compose.yml starts with its very command, without containers.

Only paths and ports are exchanged for free ones of this machine.
"""

import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WAIT_S = 60
POLL_S = 0.1

pytestmark = pytest.mark.postgres


def services() -> dict[str, Any]:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return dict(compose["services"])


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


class Machine:
    """Stands in for the containers' paths and ports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {port: free_port() for port in ("8000", "8010", "8011", "9000")}
        places = ("/data", "/journal", "/sim-journal")
        self.paths = {place: str(folder / place.strip("/")) for place in places}
        self.sockets = folder / "socket"
        self.sockets.mkdir()
        self.sockets.chmod(0o777)

    def adapt(self, text: str) -> str:
        text = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)  # as compose does with nothing set
        for port, free in self.ports.items():
            text = re.sub(rf"\b{port}\b", free, text)
        for place, path in self.paths.items():
            text = re.sub(rf"(?<![\w.]){place}\b", path, text)
        return text.replace("/var/run/postgresql", str(self.sockets)).replace("$$", "$")

    def environment(self, service: dict[str, Any]) -> dict[str, str]:
        own = service.get("environment", {})
        stated = {k: self.adapt(v) for k, v in own.items()}
        commands = str(Path(sys.executable).parent)
        return {**os.environ, **stated, "PATH": f"{commands}:{os.environ['PATH']}"}

    def command(self, service: dict[str, Any]) -> list[str]:
        return [self.adapt(word) for word in service["command"]]


@contextmanager
def running(
    command: list[str], environment: dict[str, str], log: Path, **options: Any
) -> Iterator[subprocess.Popen[str]]:
    with (
        log.open("w") as out,
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=out, text=True, **options
        ) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


def wait_for(url: str, process: subprocess.Popen[str]) -> bytes:
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        assert process.poll() is None, f"ended by itself with {process.returncode}"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return bytes(answer.read())
        except OSError:
            time.sleep(POLL_S)
    raise AssertionError(f"{url} never answered")


@pytest.fixture
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    folder.chmod(0o755)  # PostgreSQL's own user must reach its socket folder
    yield Machine(folder)
    shutil.rmtree(folder, ignore_errors=True)


def postgres_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


@contextmanager
def postgres(machine: Machine) -> Iterator[subprocess.Popen[str]]:
    service = services()["postgres"]
    programs, cluster = postgres_programs(), machine.folder / "cluster"
    user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    cluster.mkdir(mode=0o700)
    shutil.chown(cluster, user)
    shutil.chown(machine.sockets, user)
    name = service["environment"]["POSTGRES_USER"]
    checksums = service["environment"]["POSTGRES_INITDB_ARGS"]
    initdb = [programs / "initdb", "-A", "trust", "-U", name, checksums, "-D", cluster]
    subprocess.run(initdb, user=user, check=True, capture_output=True, cwd=machine.folder)
    command = [str(programs / word) if word == "postgres" else word for word in service["command"]]
    own_places = ["-D", str(cluster), "-k", str(machine.sockets)]
    log = machine.folder / "postgres.log"
    with running(command + own_places, dict(os.environ), log, user=user, cwd=cluster) as process:
        ready = [programs / "pg_isready", "-h", machine.sockets, "-U", name]
        deadline = time.monotonic() + WAIT_S
        while subprocess.run(ready, capture_output=True, check=False).returncode:
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(POLL_S)
        createdb = [programs / "createdb", "-h", machine.sockets, "-U", name, name]
        subprocess.run(createdb, check=True, capture_output=True)
        yield process


def set_up(machine: Machine, service: dict[str, Any]) -> None:
    for _ in range(2):  # a second `up` must find everything in place
        environment = machine.environment(service)
        subprocess.run(
            machine.command(service),
            env=environment,
            check=True,
            cwd=machine.folder,
            timeout=WAIT_S,
        )


@contextmanager
def service_running(machine: Machine, name: str, **added: str) -> Iterator[subprocess.Popen[str]]:
    service = services()[name]
    environment = machine.environment(service) | added
    with running(machine.command(service), environment, machine.folder / f"{name}.log") as process:
        yield process


def wait_for_beating(url: str, process: subprocess.Popen[str], n_straps: int) -> None:
    """Until a gateway hears so many hearts."""
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        straps = json.loads(wait_for(url, process))["straps"]
        beating = [strap["strap"] for strap in straps if strap["bpm"] is not None]
        if len(beating) == n_straps:
            return
        time.sleep(POLL_S)
    raise AssertionError(f"only {beating} are heard")


def test_every_service_starts_with_its_very_command(machine: Machine) -> None:
    described = services()
    simulated = {"straps", "sim-setup", "sim-gateway"}
    assert set(described) == {"postgres", "setup", "server", "gateway"} | simulated
    assert {name for name in described if "profiles" in described[name]} == simulated
    radio = {
        "DOSELINE_BLE_BACKEND": "firmware_sim.radio.bleak_backend:open_radio",
        "DOSELINE_RADIO": f"127.0.0.1:{machine.ports['9000']}",
    }
    with postgres(machine):
        set_up(machine, described["setup"])
        with (
            service_running(machine, "server") as serving,
            service_running(machine, "straps") as simulating,
        ):
            health = wait_for(f"http://127.0.0.1:{machine.ports['8000']}/health", serving)
            assert json.loads(health)["status"] == "ok"
            assert simulating.stdout is not None
            assert len(json.loads(simulating.stdout.readline())["straps"]) == 15
            with service_running(machine, "gateway", **radio) as collecting:
                status = wait_for(
                    f"http://127.0.0.1:{machine.ports['8010']}/status.json", collecting
                )
                assert json.loads(status)["journal"]["epoch"]
            set_up(machine, described["sim-setup"])
            with service_running(machine, "sim-gateway") as collecting:
                url = f"http://127.0.0.1:{machine.ports['8011']}/status.json"
                wait_for_beating(url, collecting, n_straps=15)
