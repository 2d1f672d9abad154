"""What a certificate says: its names, and what an authority may vouch for."""

from cryptography import x509

from server.certificates.names import Names, Scope
from server.errors import SettingsError


def read_scope(authority: x509.Certificate) -> Scope:
    """What an authority of ours may vouch for. Raises SettingsError for one without bounds."""
    try:
        constraints = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    except x509.ExtensionNotFound:
        raise SettingsError(
            "the authority isn't one that certs init made: move the certs folder away and use it"
        ) from None
    permitted = constraints.permitted_subtrees or []
    return Scope(
        tuple(one.value for one in permitted if isinstance(one, x509.DNSName)),
        tuple(one.value for one in permitted if isinstance(one, x509.IPAddress)),  # type: ignore[misc]  # networks, as we wrote them
    )


def read_names_of(certificate: x509.Certificate) -> Names:
    """The names that a certificate is for. Raises SettingsError where there are none."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        raise SettingsError(
            "the server's certificate names nobody; make a new one with doseline-server certs renew"
        ) from None
    return Names(
        tuple(found.get_values_for_type(x509.DNSName)),
        tuple(found.get_values_for_type(x509.IPAddress)),  # type: ignore[arg-type]  # addresses here
    )
