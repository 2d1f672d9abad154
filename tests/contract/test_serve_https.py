"""`serve` with certificates, as a process: browsers' and gateways' side of the connection."""

import asyncio
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from gateway.errors import ServerUnreachableError
from gateway.uplink.http_client import ServerClient
from server.certificates.place import CertificateFolder, find_folder
from tests.certificates import make_certificates
from tests.server_process import ServerProcess, enrol
from tests.studies import Study, make_study

SOME_S = 20.0


@pytest.fixture(scope="module")
def secure_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    study = make_study(tmp_path_factory.mktemp("https") / "study")
    make_certificates(study.path)
    return study


@pytest.fixture(scope="module")
def folder(secure_study: Study) -> CertificateFolder:
    return find_folder(secure_study.path)


@pytest.fixture(scope="module")
def token_file(secure_study: Study) -> Path:
    enrol(secure_study)
    return secure_study.path.parent / "gym.token"


@pytest.fixture(scope="module")
def server(secure_study: Study, token_file: Path) -> Iterator[ServerProcess]:
    assert token_file.exists()
    with ServerProcess(secure_study, more=["--trust-port", "0"]) as running:
        yield running


@pytest.fixture(scope="module")
def trust_url(server: ServerProcess) -> str:
    return server.read_line().split()[-1]


def trusting(folder: CertificateFolder) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=folder.authority_certificate)


def test_it_speaks_https_to_whoever_trusts_the_authority(
    server: ServerProcess, folder: CertificateFolder
) -> None:
    assert server.url.startswith("https://127.0.0.1:")
    with httpx.Client(verify=trusting(folder), trust_env=False) as client:
        answer = client.get(server.url + "/health")
        assert (answer.status_code, answer.json()["certificate"]) == (200, "valid")
        named = client.get(server.url.replace("127.0.0.1", "localhost") + "/trust")
        assert named.status_code == 200
    with (
        httpx.Client(trust_env=False) as stranger,
        pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        stranger.get(server.url + "/health")


def test_plain_http_gets_no_answer_on_its_port(server: ServerProcess) -> None:
    with httpx.Client(trust_env=False) as client, pytest.raises(httpx.TransportError):
        client.get(server.url.replace("https", "http") + "/health")


def test_old_tls_is_refused(server: ServerProcess, folder: CertificateFolder) -> None:
    context = trusting(folder)
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with (
        httpx.Client(verify=context, trust_env=False) as client,
        pytest.raises(httpx.ConnectError),
    ):
        client.get(server.url + "/health")


def test_the_plain_port_shows_the_way_and_nothing_about_anybody(trust_url: str) -> None:
    with httpx.Client(trust_env=False) as client:
        assert "SHA-256" in client.get(trust_url).text
        for path in ("/live", "/health", "/api/v1/sessions", "/sign-in"):
            assert client.get(trust_url.replace("/trust", path)).status_code == 404


def test_a_silent_stranger_does_not_hold_the_plain_port_up(
    trust_url: str, server: ServerProcess, folder: CertificateFolder
) -> None:
    """Whoever keeps all of its connections leaves the server's own alone."""
    host, port = "127.0.0.1", int(trust_url.rpartition(":")[2].partition("/")[0])

    async def hold() -> int:
        lines = [await asyncio.open_connection(host, port) for _ in range(60)]
        async with httpx.AsyncClient(verify=trusting(folder), trust_env=False) as client:
            answer = await client.get(server.url + "/health")
        for _, writer in lines:
            writer.close()
        return answer.status_code

    assert asyncio.run(hold()) == 200


def test_a_gateway_that_has_the_authoritys_file_reads_its_roster(
    server: ServerProcess, folder: CertificateFolder, token_file: Path, tmp_path: Path
) -> None:
    async def ask(authority: Path | None) -> int:
        async with ServerClient(server.url, token_file, authority=authority) as client:
            return len((await client.fetch_roster()).straps)

    other, _ = make_certificates(tmp_path)

    assert asyncio.run(ask(folder.authority_certificate)) == 0
    with pytest.raises(ServerUnreachableError, match="isn't believed .*give --authority"):
        asyncio.run(ask(None))
    with pytest.raises(ServerUnreachableError, match="isn't believed .*give --authority"):
        asyncio.run(ask(other.authority_certificate))


def test_it_stops_at_once_with_both_listeners(tmp_path: Path) -> None:
    study = make_study(tmp_path / "other")
    make_certificates(study.path)
    with ServerProcess(study, more=["--trust-port", "0"]) as running:
        began = time.monotonic()
        assert running.stop() == 0
        assert time.monotonic() - began < SOME_S
