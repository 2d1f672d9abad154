"""`survey`: is the radio that a gateway uses here enough for N straps, and at which rate?"""

import argparse
import asyncio
import json
import logging
import sys
from dataclasses import asdict
from typing import Any

from gateway.commands.radio_flags import add_radio_flags, positive_seconds
from gateway.logging_setup import set_up_logging
from gateway.straps.adapters import read_adapters
from gateway.straps.backend import load_backend
from gateway.straps.capacity import Capacity, Radio, estimate
from gateway.straps.look_around import Advertiser, look_around


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("--straps", type=_positive, required=True, help="how many straps to plan")
    parser.add_argument(
        "--seconds", type=positive_seconds, default=6.0, help="length of the scan (default 6)"
    )
    add_radio_flags(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the verdict. Raises GatewayError when the radio can't be used at all."""
    set_up_logging(logging.WARNING)
    heard = asyncio.run(_scan(arguments.backend, arguments.radio, arguments.seconds))
    radios = [Radio(arguments.backend, None)] if arguments.backend else read_adapters()
    capacity = estimate(radios, arguments.straps)
    document = compose(radios, heard, arguments.seconds, arguments.straps, capacity)
    text = json.dumps(document) + "\n" if arguments.json else show(document)
    sys.stdout.write(text)
    return 0


async def _scan(dotted: str, radio: str, seconds: float) -> list[Advertiser]:
    async with load_backend(dotted, radio) as backend:
        return await look_around(backend, seconds)


def compose(
    radios: list[Radio],
    heard: list[Advertiser],
    seconds: float,
    n_straps: int,
    capacity: Capacity,
) -> dict[str, Any]:
    """The whole answer; its shape is that of `--json`."""
    n_advertisements = sum(one.n_advertisements for one in heard)
    return {
        "adapters": [asdict(radio) | {"places": radio.places} for radio in radios],
        "adapter_used": capacity.adapter,
        "places": capacity.places,
        "places_assumed": capacity.assumed,
        "scan": {
            "seconds": seconds,
            "straps_heard": len(heard),
            "advertisements_per_s": n_advertisements / seconds,
            "weakest_dbm": min((one.rssi_dbm for one in heard), default=None),
        },
        "straps": n_straps,
        "enough": capacity.rate_hz is not None,
        "rate_hz": capacity.rate_hz,
        "adapters_needed": capacity.adapters_needed,
        "verdict": describe_verdict(n_straps, capacity),
    }


def describe_verdict(n_straps: int, capacity: Capacity) -> str:
    """One sentence or two."""
    if capacity.adapter is None:
        return f"not enough for {n_straps} straps: no adapter was found"
    planned = " (5 assumed for an adapter of unknown places: try it)" if capacity.assumed else ""
    one = f"a gateway uses one adapter, {capacity.adapter}"
    if capacity.rate_hz is not None:
        return f"enough for {n_straps} straps at {capacity.rate_hz} Hz; {one}{planned}"
    doubt = "not known to be enough" if capacity.assumed else "not enough"
    return (
        f"{doubt} for {n_straps} straps: {one}, with {capacity.places} places{planned}; "
        f"it takes {capacity.adapters_needed} gateways, each with an adapter like this"
    )


def show(document: dict[str, Any]) -> str:
    """The answer as text for a person."""
    lines = [
        f"adapter {one['name']}: maker {one['maker'] or 'unknown'}, "
        f"places {one['places'] or 'unknown'}"
        for one in document["adapters"]
    ] or ["no adapter found in the system's list"]
    scan = document["scan"]
    lines.append(
        f"scan: {scan['straps_heard']} straps heard in {scan['seconds']:g} s, "
        f"{scan['advertisements_per_s']:.1f} advertisements a second"
    )
    lines.append(f"verdict: {document['verdict']}")
    return "\n".join(lines) + "\n"


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} straps can't be planned: a number from 1 on")
    return int(text)
