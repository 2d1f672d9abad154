"""The dotted path of a radio: what works, and one clear sentence for each mistake."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from gateway.errors import AdapterUnavailableError, SettingsError
from gateway.straps.backend import Backend, load_backend
from tests.unit.gateway.straps.fake_air import FakeAir, FakeClient, FakeScanner

HERE = "tests.unit.gateway.straps.test_backend"


@asynccontextmanager
async def open_fake(radio: str) -> AsyncIterator[Mapping[str, Any]]:
    if not radio:
        raise ConnectionRefusedError("nobody listens")
    yield {"scanner": FakeScanner, "client": FakeClient, "kwargs": {"air": FakeAir()}}


@asynccontextmanager
async def open_half(radio: str) -> AsyncIterator[Mapping[str, Any]]:
    yield {"scanner": FakeScanner}


@asynccontextmanager
async def open_number(radio: str) -> AsyncIterator[int]:
    yield 7


async def test_empty_means_bleaks_own() -> None:
    async with load_backend("", "") as backend:
        assert backend == Backend()


async def test_a_factory_is_opened_for_its_radio() -> None:
    async with load_backend(f"{HERE}:open_fake", "127.0.0.1:1") as backend:
        assert backend.client is FakeClient


@pytest.mark.parametrize(
    ("dotted", "words"),
    [
        ("nonsense", "package.module:factory"),
        ("no.such.module:open", "can't be imported"),
        (f"{HERE}:open_nothing", "has no factory 'open_nothing'"),
        (".relative:open", "package.module:factory"),
        (f"{HERE}:open_half", "gave no client"),
        (f"{HERE}:open_number", "gave no client and no scanner"),
        ("os:getcwd", "opens no radio"),
        ("builtins:len", "opens no radio"),
        ("builtins:str", "opens no radio"),
    ],
)
async def test_a_wrong_path_is_told(dotted: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        async with load_backend(dotted, ""):
            pass


async def test_a_radio_that_is_not_there_is_told() -> None:
    with pytest.raises(AdapterUnavailableError, match="nobody listens"):
        async with load_backend(f"{HERE}:open_fake", ""):
            pass
