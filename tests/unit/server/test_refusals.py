"""Refusals are counted by codes of ours, and every code is there from the start."""

from prometheus_client import CollectorRegistry

from server import errors
from server.refusals import Refusals


def _read(registry: CollectorRegistry) -> dict[str, float]:
    (family,) = registry.collect()
    return {
        sample.labels["code"]: sample.value
        for sample in family.samples
        if sample.name == "doseline_refusals_total"
    }


def test_every_code_begins_with_zero() -> None:
    registry = CollectorRegistry()
    Refusals(registry)
    counts = _read(registry)
    assert set(counts.values()) == {0}
    assert counts.keys() >= {
        "credential_refused",
        "batch_invalid",
        "batch_too_large",
        "archive_conflict",
        "too_many_requests",
        "media_type_unsupported",
        "upload_too_slow",
        "storage_unavailable",
        "internal_error",
    }


def test_a_refusal_counts_its_own_code_alone() -> None:
    registry = CollectorRegistry()
    refusals = Refusals(registry)
    for _ in range(3):
        refusals.note(errors.BatchTooLargeError.code)
    assert {code: n for code, n in _read(registry).items() if n} == {"batch_too_large": 3}
