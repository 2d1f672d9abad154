"""A PostgreSQL of the test's own: a new cluster on a Unix socket, gone at the end."""

import atexit
import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg

from server.db.database import Database, parse_database_url
from server.db.migrate import migrate

SUPERUSER = "postgres"
ORIGINAL = "original"  # copied for each study
START_DEADLINE_S = 30.0
MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)


def find_binaries() -> Path | None:
    """The newest PostgreSQL on this machine."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    on_path = shutil.which("initdb")
    if installed:
        return installed[-1]
    return Path(on_path).parent if on_path else None


class PrivateCluster:
    """initdb, postgres as a direct child, and new databases by number.

    In memory its settings stay as they are, syncs too: they only cost nothing there.
    """

    def __init__(self, binaries: Path, *, in_memory: bool = False) -> None:
        self._binaries = binaries
        where = MEMORY if in_memory and MEMORY.is_dir() else None
        self._folder = Path(tempfile.mkdtemp(prefix="doseline-pg-", dir=where))
        self._user = SUPERUSER if os.geteuid() == 0 else None  # postgres refuses to run as root
        if self._user is not None:
            shutil.chown(self._folder, self._user)
        self._numbers = itertools.count(1)
        self._has_original = False
        self._make()
        self.start()

    def url(self, database: str, options: str = "") -> str:
        return f"postgresql://{SUPERUSER}@/{database}?host={self._folder}{options}"

    def new_database(self) -> str:
        """Address of a new, empty database."""
        return self._create(f"study_{next(self._numbers)}")

    def new_schema(self) -> str:
        """Address of a new database with our tables, all of them empty."""
        if not self._has_original:
            with Database(parse_database_url(self._create(ORIGINAL))) as database:
                migrate(database)
            self._has_original = True
        return self._create(f"study_{next(self._numbers)}", f"TEMPLATE {ORIGINAL}")

    def _create(self, name: str, options: str = "") -> str:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} {options}".encode())
        return self.url(name)

    def drop_databases(self) -> None:
        """Those of `new_database`, with whoever is still connected."""
        query = b"SELECT datname FROM pg_database WHERE datname LIKE 'study_%'"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for (name,) in connection.execute(query).fetchall():
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def configure(self, setting: str, value: str) -> None:
        """In force from the next start on."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET {setting} = {value}".encode())

    def start(self) -> None:
        socket = f"unix_socket_directories={self._folder}"
        command = [str(self._binaries / "postgres"), "-D", str(self._folder / "data")]
        command += ["-c", "listen_addresses=", "-c", socket]
        deadline_s = time.monotonic() + START_DEADLINE_S
        self._process = self._spawn(command)
        while not self._answers():
            if time.monotonic() > deadline_s:
                raise RuntimeError((self._folder / "log").read_text())
            if self._process.poll() is not None:  # after a kill, old backends take a moment to go
                self._process = self._spawn(command)
            time.sleep(0.05)

    def _spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(command, user=self._user, stdout=log, stderr=log)

    def kill(self) -> None:
        """As if the machine had lost it: postmaster and backends at once, without a checkpoint."""
        pid = self._process.pid
        backends = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        self._process.kill()
        for backend in backends:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(backend), signal.SIGKILL)
        self._process.wait()

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """Postmaster and backends hang, as on a disk that no longer answers."""
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        family = [pid, *map(int, children)]
        for one in family:
            os.kill(one, signal.SIGSTOP)
        try:
            yield
        finally:
            for one in family:
                os.kill(one, signal.SIGCONT)

    def close(self) -> None:
        self._process.send_signal(signal.SIGINT)  # fast shutdown: waits for no client
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _make(self) -> None:
        original = _initialise(self._binaries, self._user)
        subprocess.run(["cp", "-a", original, self._folder / "data"], check=True)  # noqa: S607

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=1).close()
        except psycopg.OperationalError:
            return False
        return True


@cache
def _initialise(binaries: Path, user: str | None) -> Path:
    """A data folder as initdb makes it, for copies: that takes longer than all that follows."""
    folder = Path(tempfile.mkdtemp(prefix="doseline-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if user is not None:
        shutil.chown(folder, user)
    words = ["--auth=trust", f"--username={SUPERUSER}", "--data-checksums", "--no-sync"]
    subprocess.run(
        [binaries / "initdb", *words, "-E", "UTF8", folder / "data"],
        user=user,
        check=True,
        capture_output=True,
    )
    return folder / "data"
