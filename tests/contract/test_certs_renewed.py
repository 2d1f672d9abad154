"""A running server and a renewed certificate: new connections get it, wrong ones are left."""

import asyncio
import logging
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509

from server.app import create_app
from server.certificates.files import keep_authority, keep_server, read_authority
from server.certificates.making import make_authority, make_server_certificate
from server.certificates.names import Names
from server.certificates.place import CertificateFolder, find_folder
from server.certificates.served import SecureAddress
from server.certificates.serving import open_context, read_served
from server.commands.serve_renewal import NewestCertificate
from tests.certificates import GYM, make_certificates
from tests.studies import Study

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
HALL = Names((*GYM.dns, "hall.local"), GYM.addresses)


class Running:
    """A TLS listener as `serve` has one, and what keeps its certificate the newest."""

    def __init__(self, data: Path) -> None:
        self.folder, _ = make_certificates(data)
        self.context = open_context(self.folder, NOW)
        self.address = SecureAddress(read_served(self.folder), 8000, None)
        self.newest = NewestCertificate(self.folder, self.context, self.address)

    def greet(self, name: str) -> int:
        """The serial number of the certificate that a new connection sees."""
        return asyncio.run(self._greet(name))

    async def _greet(self, name: str) -> int:
        client = ssl.create_default_context(cafile=self.folder.authority_certificate)
        server = await asyncio.start_server(_hang_up, "127.0.0.1", 0, ssl=self.context)
        async with server:
            port = server.sockets[0].getsockname()[1]
            _, writer = await asyncio.open_connection(
                "127.0.0.1", port, ssl=client, server_hostname=name
            )
            der = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
            writer.close()
        return x509.load_der_x509_certificate(der).serial_number


async def _hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


@pytest.fixture
def running(tmp_path: Path) -> Running:
    (tmp_path / "data").mkdir()
    return Running(tmp_path / "data")


def renew(folder: CertificateFolder, names: Names = GYM, now: datetime = NOW) -> int:
    made = make_server_certificate(read_authority(folder), names, now)
    keep_server(folder, made)
    return made.certificate.serial_number


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_new_connections_get_a_renewed_certificate(running: Running, name: str) -> None:
    """Whoever comes by number asks for no name (RFC 6066, 3)."""
    before = running.greet(name)
    assert not running.newest.look(NOW)
    after = renew(running.folder, now=NOW + DAY)
    assert running.greet(name) == before  # nobody looked yet
    ends = running.address.certificate.ends
    assert running.newest.look(NOW + DAY)
    assert running.greet(name) == after
    assert running.address.certificate.ends > ends
    assert not running.newest.look(NOW + DAY)


def others_may_read(folder: CertificateFolder) -> None:
    renew(folder)
    folder.server_key.chmod(0o644)


def another_authority(folder: CertificateFolder) -> None:
    keep_authority(folder, make_authority("gym", GYM, NOW))
    renew(folder)


def half_of_it(folder: CertificateFolder) -> None:
    kept = folder.server_certificate.read_bytes()
    renew(folder)
    folder.server_certificate.write_bytes(kept)


def it_has_ended(folder: CertificateFolder) -> None:
    renew(folder, now=NOW - 400 * DAY)


def it_is_gone(folder: CertificateFolder) -> None:
    folder.server_certificate.unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (others_may_read, "others may read the key"),
        (another_authority, "restart doseline-server serve"),
        (half_of_it, "isn't the key of"),
        (it_has_ended, "the certificate ended on"),
        (it_is_gone, "is missing"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_wrong_one_is_told_once_and_the_one_before_stays(
    running: Running, spoil: "object", said: str, caplog: pytest.LogCaptureFixture
) -> None:
    before, told = running.greet("localhost"), running.address.certificate
    trusted = running.folder.authority_certificate.read_bytes()
    assert callable(spoil)
    spoil(running.folder)
    with caplog.at_level(logging.WARNING):
        assert not running.newest.look(NOW)
        assert not running.newest.look(NOW)
    assert [said in one.message for one in caplog.records] == [True]
    running.folder.authority_certificate.write_bytes(trusted)
    assert running.greet("localhost") == before
    assert running.address.certificate == told


def test_what_was_mended_is_taken(running: Running) -> None:
    others_may_read(running.folder)
    assert not running.newest.look(NOW)
    running.folder.server_key.chmod(0o600)
    assert running.newest.look(NOW)


async def test_a_new_name_is_answered_to_and_health_tells_the_new_end(study: Study) -> None:
    make_certificates(study.path, now=NOW - 380 * DAY)
    folder = find_folder(study.path)
    address = SecureAddress(read_served(folder), 8000, None)
    newest = NewestCertificate(folder, open_context(folder, NOW), address)
    with study.open() as storage:
        app = create_app(storage, address=address)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="https://hall.local") as client:
            assert (await client.get("/health")).status_code == 421
            home = await client.get("https://gym.local/health")
            assert home.json()["certificate"] == "ends_soon"
            renew(folder, HALL)
            assert newest.look(NOW)
            assert (await client.get("/health")).json()["certificate"] == "valid"
