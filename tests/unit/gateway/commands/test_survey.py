"""The survey's answer, from radios and advertisers made by hand."""

import argparse

import pytest

from gateway.commands.survey import add_arguments, compose, show
from gateway.straps.capacity import Radio, estimate
from gateway.straps.look_around import Advertiser

HEARD = [Advertiser("Polar H10 51ADA001", "H10", "51ADA001", -70, 72, 12)]


def test_enough_and_not_enough() -> None:
    radios = [Radio("hci0", "CSR")]
    enough = compose(radios, HEARD, 6.0, 5, estimate(radios, 5))
    assert (enough["enough"], enough["rate_hz"], enough["places"]) == (True, 200, 5)
    assert enough["scan"] == {
        "seconds": 6.0, "straps_heard": 1, "advertisements_per_s": 2.0, "weakest_dbm": -70,
    }  # fmt: skip
    short = compose(radios, [], 6.0, 15, estimate(radios, 15))
    assert not short["enough"]
    assert "takes 3 gateways" in short["verdict"]
    assert "places 5" in show(short)
    assert "a gateway uses one adapter, hci0" in short["verdict"]


def test_without_an_adapter_the_verdict_says_so() -> None:
    assert "no adapter was found" in compose([], [], 6.0, 2, estimate([], 2))["verdict"]


def test_unknown_places_say_so() -> None:
    radios = [Radio("hci0", None)]
    document = compose(radios, HEARD, 6.0, 3, estimate(radios, 3))
    assert "places unknown" in show(document)
    assert "assumed" in document["verdict"]


@pytest.mark.parametrize(
    ("flag", "text", "sentence"),
    [
        ("--seconds", "abc", "'abc' is not a number from 1 to 3600 (seconds)"),
        ("--seconds", "0", "'0' is not a number from 1 to 3600 (seconds)"),
        ("--straps", "abc", "'abc' straps can't be planned: a number from 1 on"),
    ],
)
def test_a_wrong_number_gets_a_plain_sentence(
    flag: str, text: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--straps", "3", flag, text])
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--straps", "0"], ["--straps", "x"], []])
def test_wrong_usage_ends_with_2(wrong: list[str]) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(wrong)
    assert ended.value.code == 2
