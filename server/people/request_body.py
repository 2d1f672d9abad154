"""A short JSON body, read no further than it may be long."""

import asyncio
from typing import Any, Final

import msgspec
from fastapi import Request

from server.errors import InvalidRequestError, RequestTooLargeError, SlowUploadError

MAX_BODY_BYTES: Final = 4096  # a name and a password, with room
DEADLINE_S: Final = 10.0


async def read_short_body(request: Request, max_bytes: int = MAX_BODY_BYTES) -> bytes:
    """The body. Raises RequestTooLargeError or SlowUploadError."""
    content = bytearray()
    try:
        async with asyncio.timeout(DEADLINE_S):
            async for chunk in request.stream():
                content += chunk
                if len(content) > max_bytes:
                    raise RequestTooLargeError(f"at most {max_bytes} bytes are read here")
    except TimeoutError:
        raise SlowUploadError(f"the request took longer than {DEADLINE_S:.0f} s") from None
    return bytes(content)


async def read_short_json(request: Request) -> Any:
    """The decoded body. Raises InvalidRequestError, without what was sent, and as above."""
    content = await read_short_body(request)
    try:
        return msgspec.json.decode(content)
    except msgspec.DecodeError:
        raise InvalidRequestError("the body is not JSON") from None
