"""`certs init`, `renew` and `show`, and what others make of the certificates: openssl, Python."""

import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server.certificates import making
from server.certificates.files import keep_authority, keep_server, read_authority
from server.certificates.making import make_authority, make_server_certificate
from server.certificates.names import Names
from server.certificates.place import CertificateFolder
from server.certificates.serving import open_context
from server.errors import SettingsError
from tests.certificates import GYM, make_certificates
from tests.server_process import run_command
from tests.studies import make_study

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return make_study(tmp_path / "study").path


@pytest.fixture
def folder(data: Path) -> CertificateFolder:
    return make_certificates(data)[0]


def openssl(*words: str | Path) -> subprocess.CompletedProcess[str]:
    if shutil.which("openssl") is None:
        pytest.skip("NO OPENSSL HERE: install Debian's openssl to check certificates by it")
    return subprocess.run(
        ["openssl", *map(str, words)], capture_output=True, text=True, check=False
    )


def refused(*words: str | Path) -> str:
    told = run_command(*map(str, words))
    assert told.returncode != 0
    assert told.stdout == ""
    assert "Traceback" not in told.stderr
    assert told.stderr.count("\n") == 1
    return told.stderr


def init(data: Path, *more: str) -> str:
    told = run_command("certs", "init", "--data", str(data), *more)
    assert (told.returncode, told.stderr) == (0, "")
    return told.stdout


def show(data: Path) -> dict[str, object]:
    told = run_command("certs", "show", "--json", "--data", str(data))
    assert told.returncode == 0, told.stderr
    found: dict[str, object] = json.loads(told.stdout)
    return found


def test_init_makes_what_openssl_verifies_for_every_name(data: Path) -> None:
    said = init(data, "--name", "gym.local", "--address", "192.168.1.20")
    authority, server = data / "certs" / "authority.crt", data / "certs" / "server.crt"
    for check in (
        ("-verify_hostname", "gym.local"), ("-verify_hostname", "localhost"),
        ("-verify_ip", "192.168.1.20"), ("-verify_ip", "127.0.0.1"),
    ):  # fmt: skip
        purpose = ("-purpose", "sslserver", "-x509_strict", *check)
        told = openssl("verify", *purpose, "-CAfile", authority, server)
        assert told.returncode == 0, told.stderr
    wrong = openssl("verify", "-verify_hostname", "example.org", "-CAfile", authority, server)
    assert wrong.returncode != 0
    assert "http://192.168.1.20:8080/trust" in said
    assert "█" in said


def test_openssl_tells_the_same_fingerprint(data: Path) -> None:
    said = init(data)
    told = openssl("x509", "-in", data / "certs" / "authority.crt", "-noout",
                   "-fingerprint", "-sha256").stdout  # fmt: skip
    by_openssl = told.partition("=")[2].strip().replace(":", " ")
    groups = [by_openssl[at : at + 11] for at in range(0, len(by_openssl), 12)]
    assert len(groups) == 8
    assert all(group in said for group in groups)
    assert show(data)["authority_sha256"] == by_openssl.replace(" ", "")


def test_keys_are_for_their_owner_alone(data: Path) -> None:
    init(data)
    folder = data / "certs"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "authority.crt": 0o644, "authority.key": 0o600, "server.crt": 0o644, "server.key": 0o600,
    }  # fmt: skip


def test_a_stolen_authority_key_is_worth_nothing_outside_its_bounds(
    folder: CertificateFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own refusal is taken away, as a thief would; others must refuse what comes of it."""
    monkeypatch.setattr(making, "_require_inside", lambda *_: None)
    outside = Names(("example.org", "localhost"), ())
    keep_server(folder, make_server_certificate(read_authority(folder), outside, NOW))
    told = openssl("verify", "-CAfile", folder.authority_certificate, folder.server_certificate)
    assert told.returncode != 0
    assert "permitted subtree violation" in told.stderr
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake_hands(folder, "localhost")


def test_a_client_that_trusts_the_authority_is_served_and_no_other(
    folder: CertificateFolder,
) -> None:
    assert shake_hands(folder, "localhost") in {"TLSv1.2", "TLSv1.3"}
    assert shake_hands(folder, "192.168.1.20") in {"TLSv1.2", "TLSv1.3"}
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        shake_hands(folder, "other.local")
    with pytest.raises(ssl.SSLCertVerificationError, match="unable to get local issuer"):
        shake_hands(folder, "localhost", trusts=False)


def shake_hands(folder: CertificateFolder, name: str, *, trusts: bool = True) -> str:
    """The TLS version that Python's client and our context agree on."""
    trusted = folder.authority_certificate if trusts else None
    client = ssl.create_default_context(cafile=trusted)
    ours, theirs = socket.socketpair()

    def serve() -> None:
        context = open_context(folder, NOW)
        try:
            with context.wrap_socket(ours, server_side=True) as line:
                line.recv(1)
        except OSError:
            ours.close()

    serving = threading.Thread(target=serve)
    serving.start()
    try:
        with client.wrap_socket(theirs, server_hostname=name) as line:
            return str(line.version())
    finally:
        theirs.close()
        serving.join(20)


def test_renewing_keeps_the_authority_and_every_name(data: Path) -> None:
    init(data, "--name", "gym.local", "--address", "192.168.1.20")
    before, bytes_before = show(data), (data / "certs" / "authority.crt").read_bytes()
    server_before = (data / "certs" / "server.crt").read_bytes()
    told = run_command("certs", "renew", "--data", str(data), "--address", "10.0.0.7")
    assert told.returncode == 0, told.stderr
    assert "serve takes it within a minute, without a restart" in told.stdout
    after = show(data)
    assert after["authority_sha256"] == before["authority_sha256"]
    assert (data / "certs" / "authority.crt").read_bytes() == bytes_before
    assert (data / "certs" / "server.crt").read_bytes() != server_before
    assert set(map(str, after["names"])) == set(map(str, before["names"]))  # type: ignore[call-overload]
    assert {"192.168.1.20", "10.0.0.7"} <= set(map(str, after["addresses"]))  # type: ignore[call-overload]


def test_init_never_overwrites_an_authority(data: Path) -> None:
    init(data)
    kept = (data / "certs" / "authority.key").read_bytes()
    assert "is there already: certs renew makes" in refused("certs", "init", "--data", data)
    assert (data / "certs" / "authority.key").read_bytes() == kept


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("certs", "renew"), "has no certificate yet; certs init makes one"),
        (("certs", "show"), "has no certificate yet; certs init makes one"),
        (("certs", "init", "--name", "a b"), "is no name of a machine"),
        (("certs", "init", "--address", "gym"), "is no IP address"),
        (("certs", "init", "--trust-port", "x"), "--trust-port: 'x' is no port"),
        (("serve", "--trust-port", "8080"), "there is no certificate to trust yet"),
    ],
)
def test_what_is_wrong_is_one_sentence(data: Path, words: tuple[str, ...], said: str) -> None:
    assert said in refused(*words, "--data", data)
    assert not (data / "certs").exists()


def test_certificates_belong_to_a_study(tmp_path: Path) -> None:
    assert "is no data directory" in refused("certs", "init", "--data", tmp_path)


def make_others_read_the_key(folder: CertificateFolder) -> None:
    folder.server_key.chmod(0o640)


def exchange_the_key(folder: CertificateFolder) -> None:
    shutil.copy(folder.authority_key, folder.server_key)


def exchange_the_authority(folder: CertificateFolder) -> None:
    keep_authority(folder, make_authority("other", GYM, NOW))


def let_it_end(folder: CertificateFolder) -> None:
    made = make_server_certificate(read_authority(folder), GYM, NOW - 400 * DAY)
    keep_server(folder, made)


def let_it_begin_later(folder: CertificateFolder) -> None:
    keep_server(folder, make_server_certificate(read_authority(folder), GYM, NOW + 3 * DAY))


def damage_it(folder: CertificateFolder) -> None:
    folder.server_certificate.write_text("-----BEGIN CERTIFICATE-----\nMIIB\n")


def damage_the_key(folder: CertificateFolder) -> None:
    folder.server_key.write_text("no key")


def lose_the_key(folder: CertificateFolder) -> None:
    folder.server_key.unlink()


def lose_the_authority(folder: CertificateFolder) -> None:
    folder.authority_certificate.unlink()


WRONG = [
    (make_others_read_the_key, "others may read the key .*chmod 600"),
    (exchange_the_key, "isn't the key of server.crt; .*certs renew"),
    (exchange_the_authority, "isn't signed by authority.crt; .*certs renew"),
    (let_it_end, "the certificate ended on .*certs renew"),
    (let_it_begin_later, "the certificate begins on .* set the clock"),
    (damage_it, "holds no certificate; .*certs renew"),
    (damage_the_key, "holds no key of ours; .*certs renew"),
    (lose_the_key, "server.key is missing; .*certs renew"),
    (lose_the_authority, "authority.crt is missing; restore it"),
]


@pytest.mark.parametrize(("spoil", "said"), WRONG, ids=lambda one: getattr(one, "__name__", ""))
def test_a_wrong_certificate_is_refused_with_what_to_do(
    folder: CertificateFolder, spoil: Callable[[CertificateFolder], None], said: str
) -> None:
    open_context(folder, NOW)
    spoil(folder)
    with pytest.raises(SettingsError, match=said):
        open_context(folder, NOW)


def test_serve_and_check_config_refuse_it_without_a_traceback(
    data: Path, folder: CertificateFolder
) -> None:
    make_others_read_the_key(folder)
    for words in (("serve", "--port", "0"), ("check-config",)):
        assert "others may read the key" in refused(*words, "--data", data)


def test_serve_refuses_a_host_that_the_certificate_is_not_for(
    data: Path, folder: CertificateFolder
) -> None:
    assert folder.is_there()
    said = refused("serve", "--data", data, "--host", "192.168.1.99", "--port", "0")
    assert "the certificate isn't for 192.168.1.99" in said
    assert "--address 192.168.1.99" in said


def test_check_config_warns_before_it_ends(data: Path) -> None:
    make_certificates(data, now=NOW - 380 * DAY)
    told = run_command("check-config", "--data", str(data))
    assert told.returncode == 0
    assert "certificate = the certificate ends in 15 days" in told.stdout
    assert show(data)["condition"] == "ends_soon"
    shown = run_command("certs", "show", "--data", str(data)).stdout
    assert "WARNING: the certificate ends in 15 days" in shown
