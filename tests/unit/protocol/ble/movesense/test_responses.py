import pytest

from protocol.ble.movesense.responses import Hello, Response, ResponseKind, decode_response
from protocol.errors import MalformedPayloadError

HELLO = b"\x01\x05\x02174630000192\x00Movesense\x000C:8C:DC:00\x00app\x002.3.0\x00"


@pytest.mark.parametrize("status", [100, 200, 202, 401, 404, 409, 429, 501, 503, 507, 599])
def test_an_http_status_is_little_endian(status: int) -> None:
    wire = b"\x01\x09" + status.to_bytes(2, "little") + b"rest"
    assert decode_response(wire) == Response(ResponseKind.COMMAND_RESPONSE, 9, status, b"rest")


def test_an_answer_may_be_a_status_and_nothing_else() -> None:
    assert decode_response(bytes.fromhex("0109c800")).status == 200


def test_the_sample_applications_507_is_big_endian() -> None:
    assert decode_response(b"\x01\x09\x01\xfb").status == 507


def test_the_answer_to_hello_has_no_status() -> None:
    response = decode_response(HELLO)
    assert (response.status, response.payload) == (None, HELLO[2:])
    names = ("174630000192", "Movesense", "0C:8C:DC:00", "app", "2.3.0")
    assert response.hello == Hello(2, names)


def test_the_shortest_hello_is_a_serial_of_one_letter() -> None:
    """movesense-commander, framing.test.ts."""
    assert decode_response(bytes.fromhex("0105024100")).hello == Hello(2, ("A",))


def test_the_sample_application_says_hello_in_a_word() -> None:
    assert decode_response(b"\x01\x05Hello").hello == Hello(None, ("Hello",))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (2, ResponseKind.DATA),
        (3, ResponseKind.DATA_PART2),
        (4, ResponseKind.DATA_PART3),
    ],
)
def test_data_has_only_a_reference_before_it(code: int, kind: ResponseKind) -> None:
    assert decode_response(bytes((code, 8, 0xC8, 0x00))) == Response(kind, 8, None, b"\xc8\x00")
    assert decode_response(bytes((code, 8))).payload == b""


@pytest.mark.parametrize(
    "wire",
    [
        "",
        "01",
        "0008",
        "0508",
        "0109",
        "0109c8",
        "01096300",
        "01095802",
        "0109 02 4141",
        "0109 02 ff 00",
        "0109 02 00 41 00",
    ],
)
def test_what_is_neither_is_malformed(wire: str) -> None:
    """No header, unknown kind, status 99 or 600, a name without NUL, not UTF-8, or empty."""
    with pytest.raises(MalformedPayloadError):
        decode_response(bytes.fromhex(wire))
