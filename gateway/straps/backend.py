"""Which radio stack bleak uses: its own, or one named by a dotted path. Only the wiring."""

import importlib
import inspect
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from bleak import BleakClient, BleakScanner
from bleak.backends.client import BaseBleakClient
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner

from gateway.errors import AdapterUnavailableError, SettingsError
from gateway.straps.faults import RADIO_ERRORS, describe

SeenCallback = Callable[[BLEDevice, AdvertisementData], None]
Factory = Callable[[str], AbstractAsyncContextManager[Mapping[str, Any]]]


@dataclass(frozen=True)
class Backend:
    """What goes into bleak's public `backend=` arguments; None is bleak's own for this system."""

    scanner: type[BaseBleakScanner] | None = None
    client: type[BaseBleakClient] | None = None
    kwargs: Mapping[str, Any] = field(default_factory=dict)

    def make_scanner(self, seen: SeenCallback) -> BleakScanner:
        """A scanner that isn't started yet."""
        return BleakScanner(seen, backend=self.scanner, **self.kwargs)

    def make_client(self, device: BLEDevice, lost: Callable[[], None]) -> BleakClient:
        """A client that isn't connected yet; `lost` is called when its link ends."""
        return BleakClient(device, lambda _: lost(), backend=self.client, **self.kwargs)


@asynccontextmanager
async def load_backend(dotted: str, radio: str) -> AsyncIterator[Backend]:
    """The backend at `package.module:factory`, opened for `radio`; empty: bleak's own.

    Raises SettingsError when there is no such thing, AdapterUnavailableError without a radio.
    """
    if not dotted:
        yield Backend()
        return
    factory = find_factory(dotted)
    async with AsyncExitStack() as opened:
        try:
            parts = await opened.enter_async_context(_open(factory, dotted, radio))
        except RADIO_ERRORS as error:
            raise AdapterUnavailableError(f"no radio: {describe(error)}") from error
        missing = {"scanner", "client"} - (parts.keys() if isinstance(parts, Mapping) else set())
        if missing:
            raise SettingsError(
                f"backend {dotted!r} gave no {' and no '.join(sorted(missing))}; name another"
            )
        yield Backend(parts["scanner"], parts["client"], parts.get("kwargs", {}))


def _open(
    factory: Factory, dotted: str, radio: str
) -> AbstractAsyncContextManager[Mapping[str, Any]]:
    """What the factory makes of `radio`. Raises SettingsError where it is no factory of radios."""
    wrong = SettingsError(f"backend {dotted!r} opens no radio; name a factory of one")
    try:
        inspect.signature(factory).bind(radio)
    except TypeError:
        raise wrong from None
    except ValueError as error:  # written in C, without a signature: no backend is
        raise wrong from error
    opening = factory(radio)
    if not isinstance(opening, AbstractAsyncContextManager):
        raise wrong
    return opening


def find_factory(dotted: str) -> Factory:
    """The callable that a dotted path names. Raises SettingsError."""
    module_name, _, name = dotted.partition(":")
    if not module_name or not name or module_name.startswith("."):
        raise SettingsError(f"backend {dotted!r} is not of the form package.module:factory")
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise SettingsError(f"backend {dotted!r} can't be imported: {error}") from None
    factory = getattr(module, name, None)
    if not callable(factory):
        raise SettingsError(f"backend {dotted!r}: module {module_name} has no factory {name!r}")
    return cast(Factory, factory)
