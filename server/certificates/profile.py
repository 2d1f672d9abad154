"""The authority as a configuration profile of iPadOS, iOS and macOS.

developer.apple.com/documentation/devicemanagement/certificateroot: payload type
com.apple.security.root, the certificate as DER in PayloadContent.
"""

import hashlib
import plistlib
import uuid
from typing import Final

MEDIA_TYPE: Final = "application/x-apple-aspen-config"
_IDENTIFIER: Final = "doseline.authority"
_SPACE: Final = uuid.UUID("0d3e1b1e-6a52-4c86-9f0f-6c0a1f6f9b11")


def make_profile(der: bytes, title: str) -> bytes:
    """The same bytes for the same certificate: installed twice it is still one profile."""
    mark = hashlib.sha256(der).hexdigest()
    inner = {
        "PayloadType": "com.apple.security.root",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"{_IDENTIFIER}.{mark[:16]}.root",
        "PayloadUUID": _make_uuid(mark, "root"),
        "PayloadDisplayName": title,
        "PayloadCertificateFileName": "doseline-authority.crt",
        "PayloadContent": der,
    }
    outer = {
        "PayloadType": "Configuration",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"{_IDENTIFIER}.{mark[:16]}",
        "PayloadUUID": _make_uuid(mark, "profile"),
        "PayloadDisplayName": title,
        "PayloadDescription": "Lets this device trust the doseline server on the local network.",
        "PayloadRemovalDisallowed": False,
        "PayloadContent": [inner],
    }
    return plistlib.dumps(outer, sort_keys=True)


def _make_uuid(mark: str, part: str) -> str:
    return str(uuid.uuid5(_SPACE, f"{mark}/{part}")).upper()
