"""A database that is away: one warning a minute, however many ask."""

import logging

import pytest
from fastapi import Request, Response
from sqlalchemy.exc import OperationalError

from server.web.store_outage import WARN_EVERY_S, StoreOutage


def test_the_first_is_a_warning_and_repeats_are_not(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    now_s = [0.0]
    outage = StoreOutage(lambda: Response(status_code=503), lambda: now_s[0])
    request = Request({"type": "http", "path": "/r", "headers": [], "query_string": b""})
    for now_s[0] in (0.0, 1.0, WARN_EVERY_S):
        error = OperationalError("SELECT", None, Exception("refused\nby the host"))
        assert outage.handle(request, error).status_code == 503
    assert [one.levelno for one in caplog.records] == [30, 10, 30]
    assert "refused" in caplog.text
    assert "by the host" not in caplog.text
