"""Chromium that trusts an authority as a person makes it: in the store of its user, by certutil."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browser.watching import QUIET_ARGUMENTS, find_browser


def trust_authority(home: Path, certificate: Path) -> None:
    """Put the certificate into the NSS store of a new home folder, for servers alone ("C")."""
    if shutil.which("certutil") is None:
        pytest.skip("NO CERTUTIL HERE: install Debian's libnss3-tools, with which Chromium trusts")
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    place = ["-d", f"sql:{store}"]
    subprocess.run(["certutil", *place, "-N", "--empty-password"], check=True)
    added = ["-A", "-t", "C,,", "-n", "doseline", "-i", str(certificate)]
    subprocess.run(["certutil", *place, *added], check=True)


def launch(playwright: Playwright, home: Path, *names: str) -> Browser:
    """A browser of this home folder, for which these names are this machine's."""
    path = find_browser()
    if path is None:
        pytest.skip("NO CHROMIUM HERE: `make browser` installs what these tests need")
    mapped = ", ".join(f"MAP {name} 127.0.0.1" for name in names)
    return playwright.chromium.launch(
        executable_path=path,
        args=[*QUIET_ARGUMENTS, f"--host-resolver-rules={mapped}"],
        env={**os.environ, "HOME": str(home)},
    )
