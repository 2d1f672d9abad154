"""A form with a file in it, as httpx and browsers write one."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.web.uploaded_file import FileForm, read_file_form

CONTENTS = [b"a,b\n1,2\n", b"\xef\xbb\xbfa;b\r\n1;2\r\n", b"\xff\x00--x\r\n\r\n", b"a\rb", b"x"]


def encode(content: bytes, **fields: str) -> tuple[str, bytes]:
    files = {"file": ("blood.csv", content, "text/csv")}
    request = httpx.Request("POST", "http://x/", files=files, data=fields)
    return request.headers["content-type"], request.read()


@pytest.mark.parametrize("content", CONTENTS)
def test_the_file_comes_byte_for_byte(content: bytes) -> None:
    form = read_file_form(*encode(content, reason="sch\u00f6n", check="yes"), "file")
    assert form == FileForm(content, {"reason": "sch\u00f6n", "check": "yes"})


@given(st.binary(max_size=300))
def test_any_file_comes_byte_for_byte(content: bytes) -> None:
    assert read_file_form(*encode(content), "file").content == content


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/csv", b"a,b\n"),
        ("multipart/form-data", b"a,b\n"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x\r\nX: y", b"--x--"),
        ("", b""),
    ],
)
def test_what_is_no_such_form(kind: str, body: bytes) -> None:
    assert read_file_form(kind, body, "file") == FileForm()


@given(st.binary(max_size=200))
def test_any_body_is_a_form_or_none(body: bytes) -> None:
    read_file_form("multipart/form-data; boundary=x", b"--x\r\n" + body, "file")
