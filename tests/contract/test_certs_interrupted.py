"""`certs init` and `renew` after a cut between two files, and on a machine that was renamed."""

from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest

from server.certificates.making import make_server_certificate
from server.certificates.names import Names, name_machine
from server.certificates.place import CertificateFolder
from server.certificates.serving import open_context
from server.commands import certs_names
from server.commands.certs_names import choose_names
from server.commands.serve_secure import open_secure
from server.errors import SettingsError
from server.settings import read_settings
from tests.certificates import GYM, make_certificates
from tests.server_process import run_command
from tests.studies import make_study

NOW = datetime.now(UTC)
FILES = ("authority.key", "authority.crt", "server.key", "server.crt")  # as they are written


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return make_study(tmp_path / "study").path


def certs(data: Path, act: str, *more: str) -> tuple[int, str, str]:
    told = run_command("certs", act, "--data", str(data), *more)
    assert "Traceback" not in told.stderr
    return told.returncode, told.stdout, told.stderr


def cut_after(data: Path, n: int) -> CertificateFolder:
    """As a power cut leaves it once so many files are written."""
    folder, _ = make_certificates(data)
    for name in FILES[n:]:
        (folder.path / name).unlink()
    return folder


@pytest.mark.parametrize("n", range(len(FILES)))
def test_an_init_that_was_cut_off_is_completed_by_another(data: Path, n: int) -> None:
    folder = cut_after(data, n)
    is_trusted = folder.authority_certificate.exists()
    before = folder.authority_certificate.read_bytes() if is_trusted else b""
    code, said, _ = certs(data, "init")
    assert code == 0
    assert ("an earlier certs init was cut off; its authority is kept" in said) is is_trusted
    open_context(folder, NOW)
    if is_trusted:
        assert folder.authority_certificate.read_bytes() == before


@pytest.mark.parametrize("n", [0, 1])
def test_half_an_authority_is_never_taken_for_none(data: Path, n: int) -> None:
    cut_after(data, n)
    told = run_command("check-config", "--data", str(data))
    assert told.returncode != 0
    assert "certs init was cut off: use doseline-server certs init again" in told.stderr
    with pytest.raises(SettingsError, match="certs init was cut off"):
        open_secure(read_settings(data=data), NOW)  # as serve does first
    for act in ("renew", "show"):
        code, _, said = certs(data, act)
        assert code != 0
        assert "certs init makes one" in said


@pytest.mark.parametrize("n", [2, 3])
def test_renewing_completes_an_authority_that_signed_nothing_yet(data: Path, n: int) -> None:
    folder = cut_after(data, n)
    assert certs(data, "renew")[0] == 0
    open_context(folder, NOW)


def test_a_renewal_that_was_cut_off_is_refused_and_mended_by_another(data: Path) -> None:
    """The new key lies beside the certificate of the old one."""
    folder, _ = make_certificates(data)
    kept = folder.server_certificate.read_bytes()
    assert certs(data, "renew")[0] == 0
    folder.server_certificate.write_bytes(kept)
    told = run_command("serve", "--port", "0", "--data", str(data))
    assert "isn't the key of server.crt" in told.stderr
    assert certs(data, "renew")[0] == 0
    open_context(folder, NOW)


def test_an_authority_whose_key_is_lost_is_never_made_anew_in_silence(data: Path) -> None:
    folder, _ = make_certificates(data)
    folder.authority_key.unlink()
    kept = folder.authority_certificate.read_bytes()
    for act in ("init", "renew"):
        code, _, said = certs(data, act)
        assert code != 0
        assert folder.authority_certificate.read_bytes() == kept
    assert "move the certs folder away and use certs init" in said


def test_an_authority_whose_certificate_is_lost_keeps_its_key(data: Path) -> None:
    """Gateways have a copy of that certificate: with another key it would be worth nothing."""
    folder, _ = make_certificates(data)
    kept = folder.authority_key.read_bytes()
    for name in ("authority.crt", "server.crt"):
        (folder.path / name).unlink()
    for act in ("init", "renew"):
        assert certs(data, act)[0] != 0
    assert "restore it from a copy" in certs(data, "renew")[2]
    assert folder.authority_key.read_bytes() == kept


def test_a_machine_that_was_renamed_is_told_which_names_are_left_out(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its bare name and a routed address lie outside what the authority may vouch for."""
    folder, authority = make_certificates(data)
    now = name_machine("elsewhere", [ip_address("203.0.113.7"), ip_address("10.1.2.3")])
    monkeypatch.setattr(certs_names, "read_names", lambda: now)
    chosen = choose_names(folder, authority, Names((), ()))
    said = capsys.readouterr().out
    assert "left out, because this authority can't vouch for it: elsewhere, 203.0.113.7;" in said
    assert {"elsewhere.local", "localhost", *GYM.dns} == set(chosen.dns)
    assert ip_address("10.1.2.3") in chosen.addresses
    assert ip_address("203.0.113.7") not in chosen.addresses
    make_server_certificate(authority, chosen, NOW)  # which refuses what lies outside


def test_a_name_that_was_given_and_lies_outside_is_refused(data: Path) -> None:
    folder, _ = make_certificates(data)
    kept = folder.server_certificate.read_bytes()
    code, _, said = certs(data, "renew", "--name", "dose.example.org")
    assert code != 0
    assert "this authority can't vouch for dose.example.org" in said
    assert folder.server_certificate.read_bytes() == kept
