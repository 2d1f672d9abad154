"""A running server takes a renewed certificate, for every connection that begins from then on."""

import logging
import ssl
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from server.background import repeat_in_thread
from server.certificates.condition import read_utc
from server.certificates.place import CertificateFolder
from server.certificates.served import SecureAddress
from server.certificates.serving import open_context, read_served
from server.errors import SettingsError

log = logging.getLogger(__name__)

LOOK_EVERY_S: Final = 30.0

State = tuple[tuple[int, int, int] | None, ...]


class NewestCertificate:
    """Connections of `context` get the newest certificate that was whole.

    Another context takes its place as a whole, in each handshake: a certificate and a key that are
    loaded into a living one, one after the other, could leave it with neither.
    """

    def __init__(
        self, folder: CertificateFolder, context: ssl.SSLContext, address: SecureAddress
    ) -> None:
        self._folder = folder
        self._newest = context
        self._address = address
        self._seen = _read_state(folder)
        context.sni_callback = self._choose

    def look(self, now: datetime) -> bool:
        """Whether there was another one, and it is taken. A wrong one is told, once."""
        state = _read_state(self._folder)
        if state == self._seen:
            return False
        self._seen = state
        try:
            self._take(now)
        except (SettingsError, ssl.SSLError) as error:
            log.warning("the new certificate isn't taken, the one before stays: %s", error)
            return False
        log.info("a new certificate is used, valid until %s", self._address.certificate.ends)
        return True

    async def keep_looking(self, wall_ns: Callable[[], int] = time.time_ns) -> None:
        """Until cancelled."""
        look = partial(_look_now, self, wall_ns)
        await repeat_in_thread("looking for a new certificate", look, LOOK_EVERY_S)

    def _take(self, now: datetime) -> None:
        context, served = open_context(self._folder, now), read_served(self._folder)
        if served.authority_der != self._address.certificate.authority_der:
            raise SettingsError("it is of another authority; restart doseline-server serve")
        self._newest, self._address.certificate = context, served

    def _choose(
        self, connection: ssl.SSLObject | ssl.SSLSocket, _name: str | None, _at: ssl.SSLContext
    ) -> None:
        """For each handshake, also of whoever asks for no name (a number)."""
        connection.context = self._newest


def _look_now(newest: NewestCertificate, wall_ns: Callable[[], int]) -> None:
    newest.look(read_utc(wall_ns()))


def _read_state(folder: CertificateFolder) -> State:
    files = (folder.server_certificate, folder.server_key, folder.authority_certificate)
    return tuple(_read_file_state(one) for one in files)


def _read_file_state(path: Path) -> tuple[int, int, int] | None:
    """What is another one after every change of content or permission; None: it isn't there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_ctime_ns
