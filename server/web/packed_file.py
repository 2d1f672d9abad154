"""A file of an app for browsers: packed once for everybody, answered by its ETag."""

from dataclasses import dataclass

from fastapi import Request, Response

from server.web.lean import pack


@dataclass(frozen=True, slots=True)
class PackedFile:
    """As it goes over the air, with gzip and without."""

    media_type: str
    etag: str
    content: bytes
    packed: bytes


def pack_file(media_type: str, integrity: str, content: bytes) -> PackedFile:
    """Compressed here, once."""
    return PackedFile(media_type, f'"{integrity}"', content, pack(content))


def answer_file(file: PackedFile, request: Request) -> Response:
    """The file, or 304 for a browser that has it."""
    headers = {"ETag": file.etag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(file.content, headers=headers, media_type=file.media_type)
    packed = {**headers, "Content-Encoding": "gzip"}
    return Response(file.packed, headers=packed, media_type=file.media_type)
