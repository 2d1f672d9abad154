"""The status page in HTML: readable at arm's length, no script, nothing from elsewhere. Pure."""

from collections.abc import Mapping
from html import escape
from typing import Any

from gateway.journal.retention import RETENTION_H

_STYLE = """
body{font:18px/1.45 system-ui,sans-serif;margin:1.5rem;max-width:60rem;color:#111;background:#fff}
h1{font-size:1.5rem} small{color:#444} table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #bbb}
.banner{padding:.7rem 1rem;margin:.5rem 0;border-left:.6rem solid}
.red{border-color:#b00020;background:#fde7ea} .amber{border-color:#9a6200;background:#fff3dc}
.lamp{display:inline-block;width:1rem;height:1rem;border-radius:50%;margin-right:.5rem}
.lamp-green{background:#1a7f37} .lamp-amber{background:#c77700}
.lamp-red{background:#b00020} .lamp-grey{background:#888}
"""
_HEADINGS = "".join(
    f"<th>{name}</th>" for name in ("Strap", "State", "Heart rate", "Battery", "Signal")
)
_NO_STRAPS = '<tr><td colspan="5">No strap is on the roster.</td></tr>'


def render_page(status: Mapping[str, Any]) -> str:
    """The whole page, reloading itself every two seconds."""
    banners = "".join(_banner(banner) for banner in status["banners"])
    rows = "".join(_strap_row(strap) for strap in status["straps"])
    name = _text(status["gateway"] or "without a name yet")
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="refresh" content="2"><title>Gateway {name}</title>
<style>{_STYLE}</style></head><body><h1>Gateway {name}</h1>
{banners or "<p>Everything is in order.</p>"}
<table><thead><tr>{_HEADINGS}</tr></thead><tbody>{rows or _NO_STRAPS}</tbody></table>
{_journal_lines(status)}</body></html>"""


def _banner(banner: Mapping[str, Any]) -> str:
    return f'<p class="banner {_text(banner["colour"])}" role="alert">{_text(banner["text"])}</p>'


def _strap_row(strap: Mapping[str, Any]) -> str:
    name = f"{strap['label']} · {strap['strap']}" if strap["label"] else strap["strap"]
    lamp = f'<span class="lamp lamp-{_text(strap["lamp"])}"></span>'
    error = f"<br><small>{_text(strap['last_error'])}</small>" if strap["last_error"] else ""
    cells = (
        f"{_text(name)}<br><small>{_text(strap['model'])}</small>",
        f"{lamp}{_text(strap['words'])}{error}",
        _with_unit(strap["bpm"], "bpm"),
        _with_unit(strap["battery_pct"], "%"),
        _with_unit(strap["rssi_dbm"], "dBm"),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _journal_lines(status: Mapping[str, Any]) -> str:
    journal, disk, uplink = status["journal"], status["disk"], status["uplink"]
    settings = ", ".join(f"{name} {value}" for name, value in journal["settings"].items())
    age_s = uplink["last_success_age_s"]
    heard = "never yet" if age_s is None else f"{age_s} s ago"
    reach = _describe_reach(journal["reaches_back_s"], disk["is_retention_shortened"])
    lines = (
        f"Waiting to be sent: {journal['n_waiting']}. Server took data {heard}.",
        f"Safe on the server: up to {journal['acknowledged']}.",
        f"Disk {disk['used_pct']} % full, keeping {disk['keeping'].replace('_', ' ')}. {reach}",
        f"Dropped and declared: {disk['n_dropped']}. Set aside: {journal['n_quarantined']}.",
        f"Journal {journal['epoch']}: {settings}.",
    )
    return "".join(f"<p><small>{_text(line)}</small></p>" for line in lines)


def _describe_reach(reaches_back_s: float | None, is_shortened: bool) -> str:
    """How much a server that lost something could still get from here."""
    if reaches_back_s is None:
        return "Nothing is kept here."
    why = "shortened because the disk fills up" if is_shortened else f"{RETENTION_H} h at most"
    return f"Kept here since {reaches_back_s / 3600:.1f} h ago ({why})."


def _with_unit(value: object, unit: str) -> str:
    return "–" if value is None else f"{_text(value)} {unit}"


def _text(value: object) -> str:
    return escape(str(value))
