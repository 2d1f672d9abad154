from protocol.errors import (
    MalformedPayloadError,
    PlanError,
    UnknownCharacteristicError,
    UnsupportedMessageError,
)


def test_an_error_says_what_was_wrong_and_carries_it() -> None:
    malformed = MalformedPayloadError("too short", b"\x10\x4a")
    assert str(malformed) == "too short: 10 4a"
    assert (malformed.reason, malformed.payload) == ("too short", b"\x10\x4a")
    assert str(MalformedPayloadError("too short", b"")) == "too short: (empty)"
    assert UnknownCharacteristicError("2a53").characteristic == "2a53"
    assert UnsupportedMessageError(7).version == 7
    assert PlanError(["a", "b"]).violations == ("a", "b")
