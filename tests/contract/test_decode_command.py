"""`doseline-gateway decode` as a program, on every golden vector that is a value of a service."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.contract.ble_vectors.vectors import Vector, read_vectors

COMMAND = [sys.executable, "-m", "gateway", "decode", "--service"]

# Which vectors a strap could send as they are: whole values, not pieces of one.
SERVICE_OF = {
    "heart_rate": ("hrs", ""),
    "acceleration": ("pmd", "acc delta content|delta frames"),
    "ecg": ("pmd", ""),
    "optical": ("pmd", "offline hr"),
    "control_point": ("pmd-control", "request|settings TLV|measurement status"),
    "battery": ("battery", "status"),
    "advertising": ("advertisement", "element"),
    "movesense": ("movesense", "movesense frame: (GET|UNSUB|PUT)"),
}
SERVICES = sorted({service for service, _ in SERVICE_OF.values()})


def vectors_of(service: str) -> list[Vector]:
    return [
        vector
        for name, vector in read_vectors()
        if SERVICE_OF.get(name, ("", ""))[0] == service
        and not (SERVICE_OF[name][1] and re.search(SERVICE_OF[name][1], vector["name"]))
    ]


def decode(*arguments: str, stdin: str = "") -> tuple[int, list[Any], str]:
    done = subprocess.run(
        [*COMMAND, *arguments], input=stdin, capture_output=True, text=True, check=False
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


@pytest.mark.parametrize("service", SERVICES)
def test_every_vector_of_a_service_is_one_line_and_malformed_only_where_it_says_so(
    service: str,
) -> None:
    vectors = [vector for vector in vectors_of(service) if vector["frame_hex"]]
    assert vectors
    code, told, err = decode(service, stdin="\n".join(v["frame_hex"] for v in vectors))
    refused = ["error" in vector["expected"] for vector in vectors]
    assert err == ""
    assert [value["kind"] == "malformed" for value in told] == refused
    assert code == int(any(refused))


def test_values_of_the_known_frames_are_the_vectors() -> None:
    """Samples, rates and names as the program prints them, for vectors that tell these."""
    hrs = vectors_of("hrs")
    beats = decode("hrs", *(v["frame_hex"] for v in hrs))[1]
    for vector, told in zip(hrs, beats, strict=True):
        if "error" not in vector["expected"]:
            assert told["bpm"] == vector["expected"]["hr"]
            assert told["rr_ticks"] == vector["expected"].get("rr_1024", told["rr_ticks"])
            assert told["contact"] == vector["expected"].get("contact", told["contact"])
    frames = [v for v in vectors_of("pmd") if "samples_mg" in v["expected"]]
    for vector, told in zip(
        frames, decode("pmd", *(v["frame_hex"] for v in frames))[1], strict=True
    ):
        expected = vector["expected"]
        assert told["samples"] == expected.get("raw_counts_before_factor", expected["samples_mg"])
        assert told["frame_type"] | 0x80 * told["compressed"] == expected["frame_type_byte"]


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    """`… | head -1` ends the command without a traceback."""
    process = subprocess.Popen(
        [*COMMAND, "battery"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(b"64\n" * 100_000)
    assert err == b""
    assert process.returncode == 0
