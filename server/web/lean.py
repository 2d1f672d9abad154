"""Scripts as they go over bad Wi-Fi: without the comments that people read, packed once.

Lines stay lines, so that an error's line number is the source's. Nothing is renamed or rewritten.
"""

import gzip
from collections.abc import Iterator


def make_lean(script: str) -> str:
    """Without comment lines and indentation.

    A comment is one only at the start of a line; tests hold the scripts to that, because a line of
    a template that began with `//` would be lost.
    """
    return "\n".join(_keep_code(script.splitlines())) + "\n"


def pack(content: bytes) -> bytes:
    """Gzip with the same bytes each time."""
    return gzip.compress(content, 9, mtime=0)


def _keep_code(lines: list[str]) -> Iterator[str]:
    in_comment = False
    for line in lines:
        text = line.strip()
        begins = text.startswith("/*") and ("*/" not in text or text.endswith("*/"))
        yield "" if in_comment or begins or text.startswith("//") else text
        in_comment = (in_comment or begins) and not text.endswith("*/")
