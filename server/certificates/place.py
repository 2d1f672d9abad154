"""Where certificates and their keys lie: `certs` in the data directory, for its owner alone."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CertificateFolder:
    """The folder of one data directory."""

    path: Path

    @property
    def authority_certificate(self) -> Path:
        """For gateways and tablets; no secret."""
        return self.path / "authority.crt"

    @property
    def authority_key(self) -> Path:
        return self.path / "authority.key"

    @property
    def server_certificate(self) -> Path:
        return self.path / "server.crt"

    @property
    def server_key(self) -> Path:
        return self.path / "server.key"

    def is_there(self) -> bool:
        """Whether there is an authority, or what only comes after one."""
        after = (self.authority_certificate, self.server_key, self.server_certificate)
        return any(one.exists() for one in after)

    def is_interrupted(self) -> bool:
        """Whether `certs init` was cut off: before its authority was whole, or before it had signed
        a certificate."""
        if self.authority_certificate.exists():
            return not self.server_certificate.exists()
        return self.path.exists() and not self.is_there()


def find_folder(data: Path) -> CertificateFolder:
    """That of a data directory, whether it is there or not."""
    return CertificateFolder(data / "certs")
