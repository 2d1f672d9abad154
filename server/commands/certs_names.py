"""Whom a certificate of an authority that is there already will be for."""

import sys

from server.certificates.files import read_certificate
from server.certificates.making import Signed
from server.certificates.names import Names
from server.certificates.place import CertificateFolder
from server.certificates.reading import read_names_of, read_scope
from server.certificates.this_machine import read_names
from server.errors import SettingsError


def choose_names(folder: CertificateFolder, authority: Signed, given: Names) -> Names:
    """Given ones, those of the certificate that is replaced, and this machine's.

    A machine that was renamed may have names that the authority can't vouch for: they are left out
    and told. Given ones are all kept: whoever signs refuses them.
    """
    found, outside = read_scope(authority.certificate).part(_read_present(folder) | read_names())
    if outside:
        sys.stdout.write(
            f"left out, because this authority can't vouch for it: {', '.join(outside)};"
            " use another name or address of this machine. To have it, move the certs folder away"
            " and use certs init; every tablet must then trust the new authority\n"
        )
    return given | found


def _read_present(folder: CertificateFolder) -> Names:
    """Names of the certificate that is replaced; a damaged one has none."""
    try:
        return read_names_of(read_certificate(folder.server_certificate))
    except SettingsError:
        return Names((), ())
