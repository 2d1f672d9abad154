"""A form with a file in it, as browsers send one (RFC 7578). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email import policy
from email.message import Message
from email.parser import BytesParser
from typing import Final

KIND: Final = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class FileForm:
    """`content` is None where no file came; `fields` are the others, each once."""

    content: bytes | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


def read_file_form(content_type: str, body: bytes, name: str) -> FileForm:
    """The form whose file stands under `name`; empty for whatever is no such form."""
    if content_type.partition(";")[0].strip().lower() != KIND or "\n" in content_type:
        return FileForm()
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=policy.compat32).parsebytes(head + body)
    parts = message.get_payload()
    if not isinstance(parts, list):
        return FileForm()
    content, fields = None, {}
    for part in parts:
        if not isinstance(part, Message):
            continue
        payload = part.get_payload(decode=True)
        given = part.get_param("name", header="content-disposition")
        if not isinstance(payload, bytes) or not isinstance(given, str):
            continue
        if given == name:
            content = payload
        else:
            fields[given] = payload.decode("utf-8", "replace")
    return FileForm(content, fields)
