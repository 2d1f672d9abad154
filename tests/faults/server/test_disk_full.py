"""A full disk: nothing is acknowledged, reading goes on, and it recovers by itself (promise A6)."""

from pathlib import Path

import httpx
import pytest

from tests.faults.server.syscalls import tracer
from tests.server_process import ServerProcess, Uploader, enrol
from tests.studies import make_study
from tests.unit.server.batches import record

pytestmark = pytest.mark.faults


def test_a6_a_full_disk_acknowledges_nothing_and_recovers_by_itself(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    token = enrol(study)
    full = tracer(tmp_path / "trace", "-e", "inject=pwrite64:error=ENOSPC:when=60..75")
    statuses: list[int] = []
    seq = 1
    with ServerProcess(study, prefix=full) as server, Uploader(server.url, token) as gateway:
        while len(statuses) < 60:
            answer = gateway.send(record(seq))
            statuses.append(answer.status_code)
            if answer.status_code == 200:
                assert answer.json()["watermark"] == seq
                seq += 1
                continue
            assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
            assert int(answer.headers["retry-after"]) >= 1
            assert gateway.http.get("/api/v1/gateways/self/roster").status_code == 200
            # What was refused is not counted as stored: an empty batch asks for the watermark.
            assert gateway.send().json().get("watermark", seq - 1) == seq - 1
            assert httpx.get(f"{server.url}/sign-in", trust_env=False).status_code == 200
            assert httpx.get(f"{server.url}/health", trust_env=False).status_code in {200, 503}
        assert httpx.get(f"{server.url}/health", trust_env=False).status_code == 200
        assert server.stop() == 0
    assert 503 in statuses
    assert statuses[-1] == 200
    with study.open() as storage:
        found = [one.record for one in storage.feed.read_after(0).records]
        assert found == [record(number) for number in range(1, seq)]
