"""The worst bodies on forty connections at once: 100 MB more memory at most (promise C4)."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
import pytest

from protocol.messages.codec import encode_batch
from tests.faults.server.floods import BODIES, FULL, LIES, Body, Lie, tell_lie
from tests.server_process import ServerProcess, Uploader, enrol
from tests.staff import add_person, begin_session, cookie
from tests.studies import make_study
from tests.unit.server.batches import batch, record

pytestmark = pytest.mark.faults

ALLOWED_BYTES: Final = 100 * 1_000_000  # promise C4
N_CONNECTIONS: Final = 40
N_UPLOADS: Final = 240  # a burst of 100, and far more than the rate lets through
N_HONEST_RECORDS: Final = 20
HONEST_EVERY_S: Final = 0.2  # a live gateway uploads twice a second
HONEST_WITHIN_S: Final = 30.0
UNDERSTOOD: Final = {200, 400, 403, 409, 413, 422}
PUT_OFF: Final = {429, 503}
CUT: Final = 0  # answered and closed before all of the body was sent

HONEST: Final = "hall"
STRANGERS: Final = [f"gym-{n}" for n in range(len(BODIES) + len(LIES))]


class HonestGateway:
    """Uploads half a second of fifteen straps at a time; sends again what was put off."""

    def __init__(self, uploader: Uploader) -> None:
        self._uploader = uploader
        self.n_through = self.n_put_off = 0
        self.slowest_s = 0.0

    def upload(self) -> None:
        """The next records, until they are stored or the patience is over."""
        first = N_HONEST_RECORDS * self.n_through + 1
        records = map(record, range(first, first + N_HONEST_RECORDS))
        body = encode_batch(batch(records, gateway=HONEST))
        begun_s = time.monotonic()
        while time.monotonic() - begun_s < HONEST_WITHIN_S:
            answer = self._uploader.http.post("/api/v1/ingest", content=body)
            if answer.status_code == 200:
                self.n_through += 1
                self.slowest_s = max(self.slowest_s, time.monotonic() - begun_s)
                return
            assert answer.status_code in PUT_OFF
            self.n_put_off += 1
            time.sleep(int(answer.headers["retry-after"]))
        pytest.fail("an honest gateway doesn't get through")

    @contextmanager
    def uploading(self) -> Iterator[None]:
        """As long as others flood, and once after."""
        is_over = threading.Event()

        def work() -> None:
            while not is_over.is_set():
                self.upload()
                is_over.wait(HONEST_EVERY_S)

        thread = threading.Thread(target=work)
        thread.start()
        yield
        is_over.set()
        thread.join()
        n_before = self.n_through
        self.upload()
        assert self.n_through == n_before + 1 >= 2


class Flooded:
    """A server at work, a token for each gateway, and what it held before the first flood."""

    def __init__(
        self,
        server: ServerProcess,
        tokens: Mapping[str, str],
        honest: HonestGateway,
        trainer: str,
    ) -> None:
        self.server, self._tokens, self.honest = server, tokens, honest
        self.honest.upload()
        self._wait_for_a_tile(trainer)
        self._before_bytes = server.read_peak_memory_bytes()

    def _wait_for_a_tile(self, trainer: str) -> None:
        """Until the live view has decoded its first value, for which it loads what it needs."""
        url = f"{self.server.url}/api/v1/sessions/now/live"
        signed_in = cookie(trainer)
        with httpx.stream("GET", url, timeout=20, trust_env=False, headers=signed_in) as stream:
            assert any(record(1).strap in line for line in stream.iter_lines())

    @property
    def grown_bytes(self) -> int:
        return self.server.read_peak_memory_bytes() - self._before_bytes

    def upload_all(self, gateways: Mapping[str, Body]) -> Counter[int]:
        """Statuses of N_UPLOADS over N_CONNECTIONS at once, the gateways in turn."""
        statuses: Counter[int] = Counter()
        numbers = itertools.count()
        chosen = [*gateways.items()]

        def upload() -> None:
            with Uploader(self.server.url, "") as connection:
                while (n := next(numbers)) < N_UPLOADS:
                    gateway, make = chosen[n % len(chosen)]
                    statuses[self._post(connection, gateway, make(n, gateway))] += 1

        with self.honest.uploading():
            _run_at_once(upload)
        return statuses

    def _post(self, connection: Uploader, gateway: str, body: bytes) -> int:
        headers = {"Authorization": f"Bearer {self._tokens.get(gateway, 'nobody')}"}
        try:
            answer = connection.http.post("/api/v1/ingest", content=body, headers=headers)
        except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
            return CUT
        assert answer.status_code not in PUT_OFF or int(answer.headers["retry-after"]) >= 1
        return answer.status_code

    def lie_to_it(self, gateway: str, lie: Lie, n_times: int = 2) -> None:
        """So many times over N_CONNECTIONS at once."""

        def speak() -> None:
            for _ in range(n_times):
                tell_lie(self.server.url, self._tokens.get(gateway, ""), lie)

        with self.honest.uploading():
            _run_at_once(speak)

    def check(self, what: object) -> None:
        """It is well, and never held more than it may."""
        health = httpx.get(f"{self.server.url}/health", trust_env=False)
        told = f"+{self.grown_bytes / 1e6:.1f} MB, {what}; honest: {self.honest.n_through} through"
        print(f"{told}, {self.honest.n_put_off} put off, slowest {self.honest.slowest_s:.2f} s")
        assert (health.status_code, health.json()["status"]) == (200, "ok")
        assert self.grown_bytes <= ALLOWED_BYTES
        assert "Traceback" not in self.server.read_log()


def _run_at_once(work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for _ in range(N_CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def serve(folder: Path) -> Iterator[Flooded]:
    study = make_study(folder / "study")
    tokens = {gateway: enrol(study, gateway) for gateway in [HONEST, *STRANGERS]}
    with study.open() as storage:
        trainer = begin_session(storage.database, add_person(storage.database, "sara"))
    with (
        ServerProcess(study) as server,
        Uploader(server.url, tokens[HONEST]) as honest,
    ):
        yield Flooded(server, tokens, HonestGateway(honest), trainer)


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flooded]:
    """One server for all floods: what one leaves behind adds to the next."""
    with serve(tmp_path_factory.mktemp("flooded")) as made:
        yield made


@pytest.mark.parametrize("what", BODIES)
def test_c4_a_token_s_flood_takes_bounded_memory_and_shuts_nobody_out(
    flooded: Flooded, what: str
) -> None:
    n_put_off = flooded.honest.n_put_off
    statuses = flooded.upload_all({STRANGERS[[*BODIES].index(what)]: BODIES[what]})
    flooded.check(f"{what}: {dict(statuses)}")
    assert statuses.total() == N_UPLOADS
    assert statuses.keys() <= UNDERSTOOD | PUT_OFF | {CUT}
    assert statuses.keys() & UNDERSTOOD  # some got as far as they were meant to
    assert flooded.honest.n_put_off == n_put_off


@pytest.mark.parametrize("what", LIES)
def test_c4_so_does_a_flood_of_bodies_that_are_not_what_they_say(
    flooded: Flooded, what: str
) -> None:
    n_put_off = flooded.honest.n_put_off
    flooded.lie_to_it(STRANGERS[len(BODIES) + [*LIES].index(what)], LIES[what])
    flooded.check(what)
    assert flooded.honest.n_put_off == n_put_off


@pytest.mark.nightly
@pytest.mark.parametrize("what", LIES)
def test_c4_so_does_one_that_comes_again_and_again(flooded: Flooded, what: str) -> None:
    n_put_off = flooded.honest.n_put_off
    flooded.lie_to_it(STRANGERS[len(BODIES) + [*LIES].index(what)], LIES[what], n_times=5)
    flooded.check(what)
    assert flooded.honest.n_put_off == n_put_off


def test_c4_so_does_a_flood_without_a_token(flooded: Flooded) -> None:
    statuses = flooded.upload_all({"nobody": lambda n, _: FULL(n, HONEST)})
    flooded.lie_to_it("nobody", LIES["bodies that never end"])
    flooded.check(f"no token: {dict(statuses)}")
    assert statuses.keys() <= {401, CUT}


def test_c4_so_does_a_flood_of_eight_tokens_at_once(tmp_path: Path) -> None:
    with serve(tmp_path) as flooded:
        statuses = flooded.upload_all(dict.fromkeys(STRANGERS[:8], FULL))
        flooded.check(f"eight tokens: {dict(statuses)}")
    assert statuses.keys() <= {200, *PUT_OFF, CUT}
    assert 200 in statuses
