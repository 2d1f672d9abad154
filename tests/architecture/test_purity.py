"""The pure core stays pure: no clock, chance, network, disk or framework in it."""

import sys

import pytest

from tests.architecture.source_tree import SourceFile, calls, imported_modules, source_files

# Modules whose every "if" is tested without I/O (decision 0005).
PURE_MODULES = (
    "gateway.journal.backlog",
    "gateway.journal.carving",
    "gateway.journal.disk_alarm",
    "gateway.journal.end_finder",
    "gateway.journal.holes",
    "gateway.journal.late_ends",
    "gateway.journal.pruned",
    "gateway.journal.retention",
    "gateway.journal.row_index",
    "gateway.journal.shedding",
    "gateway.straps.link",
    "gateway.straps.backoff",
    "gateway.straps.boots",
    "gateway.straps.capacity",
    "gateway.straps.control_point",
    "gateway.straps.diagnosis",
    "gateway.straps.gaps",
    "gateway.straps.identity",
    "gateway.straps.leaving",
    "gateway.straps.leftover",
    "gateway.straps.models",
    "gateway.straps.movement",
    "gateway.straps.phases",
    "gateway.straps.pulse",
    "gateway.straps.reaching",
    "gateway.straps.redaction",
    "gateway.straps.signals",
    "gateway.straps.tally",
    "gateway.straps.whereabouts",
    "gateway.uplink.batching",
    "gateway.uplink.delivery",
    "gateway.uplink.delivery_state",
    "gateway.uplink.refusal",
    "server.analysis.methods",
    "server.analysis.plan_text",
    "server.analysis.runs.dose_power",
    "server.analysis.runs.failing",
    "server.analysis.runs.run",
    "server.analysis.reporting.answers",
    "server.analysis.reporting.checklist",
    "server.analysis.reporting.facts",
    "server.analysis.reporting.fillers",
    "server.analysis.reporting.flow",
    "server.analysis.reporting.plain_text",
    "server.analysis.reporting.told",
    "server.analysis.reporting.withholding",
    "server.analysis.summary_check",
    "server.ingest.domain",
    "server.jobs.disk_trouble",
    "server.sessions.domain",
    "server.sessions.granting",
    "server.certificates.addresses",
    "server.certificates.condition",
    "server.certificates.fingerprint",
    "server.certificates.names",
    "server.certificates.profile",
    "server.decoding",
    "server.dose",
    "server.export.archive_rows",
    "server.export.dataset.bands",
    "server.export.dataset.disclosure",
    "server.export.dataset.generalising",
    "server.export.dataset.levels",
    "server.live.board",
    "server.live.declared_gaps",
    "server.live.evidence",
    "server.live.activity",
    "server.live.frame",
    "server.live.knocks",
    "server.live.moment",
    "server.live.movement",
    "server.live.session_view",
    "server.live.strap_state",
    "server.live.tile",
    "server.live.tile_view",
    "server.people.attempt",
    "server.people.brake",
    "server.people.roles",
    "server.people.session_limits",
    "server.projection.lost_time",
    "server.projection.quality",
    "server.safety.limits",
    "server.safety.phones",
    "server.study.anchor_words",
    "server.study.answers_json",
    "server.study.approval",
    "server.study.entry",
    "server.study.fact_kind",
    "server.study.fields",
    "server.study.heart_link",
    "server.study.import_rows",
    "server.study.measurement",
    "server.study.participant",
    "server.study.record_link",
    "server.study.posted",
    "server.study.sample",
    "server.study.sight",
    "server.study.table_file",
    "server.study.trouble",
    "server.vault.identity",
    "server.web.catalogue.po_reader",
    "server.web.analysis_form",
    "server.web.limits_form",
    "server.web.pictograms",
    "server.web.study_form",
    "server.web.uploaded_file",
    "firmware_sim.evening",
    "firmware_sim.trial",
    "firmware_sim.strap",
    "firmware_sim.physiology",
    "firmware_sim.rehearsal.chain_commands",
    "firmware_sim.rehearsal.chain_roster",
    "firmware_sim.rehearsal.verdict",
    "protocol",
)
# The places in pure packages that touch the world, each with its reason.
EXCEPTIONS = {
    "firmware_sim.strap.recording",  # reads the recording it plays
    "firmware_sim.rehearsal.chain_commands",  # joins paths of the evidence, opens none
    "protocol.commands",  # argparse and importlib are how a command starts
    "protocol.standard_streams",  # how every command meets the streams it was started with
    "protocol.training.shipped",  # reads the plans that come with the package
}
IMPURE_IMPORTS = {
    "asyncio", "threading", "socket", "subprocess", "sqlite3", "httpx", "fastapi", "starlette",
    "sqlalchemy", "bleak", "bumble", "uvicorn", "logging", "secrets", "time", "importlib",
    "pathlib",
}  # fmt: skip
IMPURE_CALLS = {"open", "print", "input", "datetime.now", "datetime.utcnow", "datetime.today",
                "date.today", "uuid.uuid4", "uuid4", "os.urandom"}  # fmt: skip
GLOBAL_CHANCE = "random."  # random.Random(seed) as an argument is fine, the module's own dice not


def _is_in(source: SourceFile, places: tuple[str, ...]) -> bool:
    return any(source.module == place or source.module.startswith(place + ".") for place in places)


def pure_files() -> list[SourceFile]:
    return [s for s in source_files() if _is_in(s, PURE_MODULES) and s.module not in EXCEPTIONS]


@pytest.mark.parametrize("place", PURE_MODULES)
def test_every_pure_module_exists(place: str) -> None:
    """A renamed module must not slip out of the rule."""
    assert any(s.module == place or s.module.startswith(place + ".") for s in source_files())


def test_pure_modules_import_no_world() -> None:
    wrong = [
        f"{source.path}:{line} imports {module}"
        for source in pure_files()
        for module, line in imported_modules(source)
        if module.split(".")[0] in IMPURE_IMPORTS
    ]
    assert wrong == []


def test_pure_modules_call_no_world() -> None:
    wrong = [
        f"{source.path}:{line} calls {name}"
        for source in pure_files()
        for name, line in calls(source)
        if name in IMPURE_CALLS
        or (name.startswith(GLOBAL_CHANCE) and name != "random.Random")
        or name.startswith("numpy.random.")
        or (name.startswith("np.random.") and name not in {"np.random.default_rng"})
    ]
    assert wrong == []


def test_protocol_imports_the_standard_library_and_msgspec_only() -> None:
    allowed = set(sys.stdlib_module_names) | {"msgspec", "protocol"}
    wrong = [
        f"{source.path}:{line} imports {module}"
        for source in source_files()
        if source.module.split(".")[0] == "protocol"
        for module, line in imported_modules(source)
        if module.split(".")[0] not in allowed
    ]
    assert wrong == []
