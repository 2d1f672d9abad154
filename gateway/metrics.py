"""The status as Prometheus metrics, from a registry of our own."""

from collections.abc import Iterable, Mapping
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

_PREFIX = "doseline_gateway"

# (section, key, kind, what it is)
_SINGLE = (
    ("journal", "n_waiting", "gauge", "entries not acknowledged by the server"),
    ("journal", "n_uncommitted", "gauge", "entries in memory, not synced yet"),
    ("journal", "reaches_back_s", "gauge", "since the oldest entry still kept here; absent: none"),
    ("journal", "n_quarantined", "gauge", "entries set aside"),
    ("journal", "n_commits", "counter", "synced commits"),
    ("journal", "longest_wait_ms", "gauge", "longest from a value's stamp to its commit"),
    ("disk", "used_pct", "gauge", "of the journal's disk in use"),
    ("disk", "alarm_level", "gauge", "1: the journal's disk is too full soon, 2: now, 0: neither"),
    ("disk", "is_retention_shortened", "gauge", "1: what the server has goes before its 72 hours"),
    ("disk", "n_kept", "counter", "entries journalled"),
    ("disk", "n_dropped", "counter", "values dropped for want of room, each declared"),
    ("radio", "n_adapters", "gauge", "adapters as the system lists them; absent: it has no list"),
    ("radio", "n_streaming", "gauge", "straps that sent a value within the last 5 s"),
    ("radio", "most_streaming", "gauge", "the most that did at one moment, with these adapters"),
    ("uplink", "n_batches", "counter", "batches taken by the server"),
    ("uplink", "n_entries", "counter", "entries taken by the server"),
    ("uplink", "n_bytes", "counter", "bytes of batches taken by the server"),
    ("uplink", "n_failures", "counter", "batches not taken"),
    ("uplink", "n_epochs", "counter", "numberings begun since the start"),
)
_PER_STRAP = (
    ("battery_pct", "gauge", "battery level"),
    ("rssi_dbm", "gauge", "signal strength"),
    ("stale", "gauge", "1: silent on a link, and no heart rate since; 0: it arrives, or isn't due"),
)


# (key, label, what it is); each label's values are a closed list, see tally.py and GapReason
_PER_STRAP_AND_KIND = (
    ("notifications", "kind", "values kept"),
    ("undecodable", "kind", "values that no decoder reads, kept all the same"),
    ("dropped", "reason", "values not kept"),
    ("frames", "oddity", "acceleration frames that are odd in some way, kept all the same"),
)
_COLOURS = ("green", "amber", "red", "grey")


class _StatusCollector(Collector):
    def __init__(self, status: Mapping[str, Any]) -> None:
        self._status = status

    def collect(self) -> Iterable[Metric]:
        for section, key, kind, meaning in _SINGLE:
            metric = _family(f"{section}_{key}", kind, meaning, [])
            if self._status[section][key] is not None:
                metric.add_metric([], self._status[section][key])
            yield metric
        for key, kind, meaning in _PER_STRAP:
            metric = _family(f"strap_{key}", kind, meaning, ["strap"])
            for strap in self._status["straps"]:
                if strap[key] is not None:
                    metric.add_metric([strap["strap"]], strap[key])
            yield metric
        yield from self._collect_by_kind()
        yield self._collect_gaps()
        yield self._collect_lamps()

    def _collect_by_kind(self) -> Iterable[Metric]:
        for key, label, meaning in _PER_STRAP_AND_KIND:
            metric = _family(f"strap_{key}", "counter", meaning, ["strap", label])
            for strap in self._status["straps"]:
                for kind, n in strap[key].items():
                    metric.add_metric([strap["strap"], kind.removeprefix("n_")], n)
            yield metric

    def _collect_gaps(self) -> Metric:
        metric = _family("gaps", "counter", "gaps declared, by reason", ["reason"])
        for reason, n in self._status["gaps"].items():
            metric.add_metric([reason], n)
        return metric

    def _collect_lamps(self) -> Metric:
        metric = _family("lamps", "gauge", "straps by the colour of their lamp", ["colour"])
        lamps = [strap["lamp"] for strap in self._status["straps"]]
        for colour in _COLOURS:
            metric.add_metric([colour], lamps.count(colour))
        return metric


def _family(
    name: str, kind: str, meaning: str, labels: list[str]
) -> CounterMetricFamily | GaugeMetricFamily:
    family = CounterMetricFamily if kind == "counter" else GaugeMetricFamily
    return family(f"{_PREFIX}_{name}", meaning, labels=labels)


def render_metrics(status: Mapping[str, Any]) -> bytes:
    """Text exposition format of one status document."""
    registry = CollectorRegistry()
    registry.register(_StatusCollector(status))
    return generate_latest(registry)
