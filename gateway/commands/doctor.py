"""`doctor`: look at every strap in reach, with the very code that `run` uses; keep nothing."""

import argparse
import asyncio
import json
import logging
import random
import sys
from dataclasses import asdict

from gateway.address_key import hash_for_now
from gateway.clock import SystemClock
from gateway.commands.radio_flags import add_radio_flags, positive_seconds
from gateway.logging_setup import set_up_logging
from gateway.straps.backend import Backend, load_backend
from gateway.straps.diagnosis import Chart, Finding, Notebook, examine
from gateway.straps.fleet import StrapFleet
from gateway.straps.look_around import Advertiser, look_around
from gateway.straps.models import profile_for
from protocol.identifiers import StrapId
from protocol.messages.roster import ConsentedStream, Roster, RosterStrap

LOOK_SHARE = 0.2  # of the time goes into listening who is there, 8 s at most
LOOK_MOST_S = 8.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "--seconds", type=positive_seconds, default=30.0, help="how long to look (default 30)"
    )
    add_radio_flags(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what was found. Raises GatewayError without a radio."""
    set_up_logging(logging.WARNING)
    findings, nameless = asyncio.run(_look(arguments.backend, arguments.radio, arguments.seconds))
    if arguments.json:
        document = {
            "seconds": arguments.seconds,
            "straps": [asdict(finding) for finding in findings],
            "without_serial": [advertiser.name for advertiser in nameless],
        }
        sys.stdout.write(json.dumps(document) + "\n")
    else:
        sys.stdout.write(show(findings, nameless))
    return 0


async def _look(dotted: str, radio: str, seconds: float) -> tuple[list[Finding], list[Advertiser]]:
    async with load_backend(dotted, radio) as backend:
        look_s = min(LOOK_MOST_S, LOOK_SHARE * seconds)
        heard = await look_around(backend, look_s)
        known = {StrapId(one.serial): one for one in heard if one.serial is not None}
        nameless = [one for one in heard if one.serial is None]
        if not known:
            return [], nameless
        return await _examine(backend, known, seconds - look_s), nameless


async def _examine(
    backend: Backend, known: dict[StrapId, Advertiser], seconds: float
) -> list[Finding]:
    """Stream from all of them for a while, into memory only."""
    notebook, chance = Notebook(), random.Random()  # noqa: S311 - spreads retries, guards nothing
    fleet = StrapFleet(backend, notebook, SystemClock(), chance, hash_address=hash_for_now())
    fleet.apply_roster(Roster("doctor", "1", [_entry(strap, known[strap]) for strap in known]))
    running = asyncio.create_task(fleet.run())
    await asyncio.wait({running}, timeout=seconds)
    services = {strap: fleet.services(strap) for strap in known}
    await fleet.stop()
    await running
    return [
        examine(strap, one.name, one.rssi_dbm, services[strap], notebook.charts.get(strap, Chart()))
        for strap, one in sorted(known.items())
    ]


def _entry(strap: StrapId, heard: Advertiser) -> RosterStrap:
    return RosterStrap(strap, profile_for(heard.model or "").model, None, list(ConsentedStream))


def show(findings: list[Finding], nameless: list[Advertiser]) -> str:
    """The findings as text for a person."""
    if not findings and not nameless:
        return "No strap in reach. Straps advertise only when worn: moisten the electrodes first.\n"
    blocks = [_show_one(finding) for finding in findings]
    blocks += [
        f"{one.name or '(no name)'}: its name holds no serial, so it can't be on a roster\n"
        for one in nameless
    ]
    return "\n".join(blocks)


def _show_one(finding: Finding) -> str:
    battery = "unknown" if finding.battery_pct is None else f"{finding.battery_pct} %"
    about = ", ".join(f"{word} {text}" for word, text in finding.about.items())
    lines = [
        f"{finding.name or finding.serial} (serial {finding.serial}, {finding.rssi_dbm} dBm)",
        f"  about:     {about or 'unknown'}",
        f"  battery:   {battery}",
        f"  services:  {', '.join(finding.services) or 'unknown'}",
        f"  pairing:   {finding.pairing}",
    ]
    for each in finding.delivered:
        per_s = "" if each.per_s is None else f", {each.per_s:.2f} a second"
        lines.append(f"  delivered: {each.stream}: {each.n_notifications} notifications{per_s}")
    lines.append(f"  verdict:   {'; '.join(finding.verdict)}")
    return "\n".join(lines) + "\n"
