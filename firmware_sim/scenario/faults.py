"""The troubles a scenario can order, and what each needs to be said about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from protocol.evening_troubles import EVENING_TROUBLES


class FaultKind(StrEnum):
    """One trouble. Who executes it is said by the three sets below."""

    # the radio
    DROP = "drop"
    OUT_OF_RANGE = "out_of_range"
    FADE = "fade"
    DELAY = "delay"
    REBOOT = "reboot"
    REFUSED = "refused"
    ASLEEP = "asleep"
    TWIN_NAME = "twin_name"
    TWIN_ADDRESS = "twin_address"
    # the strap itself
    CONTACT_LOSS = "contact_loss"
    BATTERY_LOW = "battery_low"
    CLOCK_STEP = "clock_step"
    POD_OFF = "pod_off"
    KNOCKS = "knocks"  # no trouble but a sign: she knocks three times on the sensor
    # the chain behind the radio
    KILL_GATEWAY = "kill_gateway"
    KILL_SERVER = "kill_server"
    KILL_STRAPS = "kill_straps"
    SERVER_AWAY = "server_away"
    DUPLICATE_BATCH = "duplicate_batch"


CHAIN_FAULTS = frozenset(
    {
        FaultKind.KILL_GATEWAY,
        FaultKind.KILL_SERVER,
        FaultKind.KILL_STRAPS,
        FaultKind.SERVER_AWAY,
        FaultKind.DUPLICATE_BATCH,
    }
)
STRAP_FAULTS = frozenset(
    {
        FaultKind.CONTACT_LOSS,
        FaultKind.BATTERY_LOW,
        FaultKind.CLOCK_STEP,
        FaultKind.POD_OFF,
        FaultKind.KNOCKS,
    }
)
RADIO_FAULTS = frozenset(FaultKind) - CHAIN_FAULTS - STRAP_FAULTS

# Of the one list that the tablet's practice has too: what a scenario can order, and what happens
# between people. A name there that no kind has ends the program at once.
EVENING_FAULTS = frozenset(FaultKind(one.name) for one in EVENING_TROUBLES if one.in_scenarios)
PRACTISED_ONLY = frozenset(one.name for one in EVENING_TROUBLES if not one.in_scenarios)

# What happens in an instant; every other kind must say `for_s`.
INSTANT_FAULTS = frozenset(
    {
        FaultKind.DROP,
        FaultKind.REBOOT,
        FaultKind.BATTERY_LOW,
        FaultKind.CLOCK_STEP,
        FaultKind.KNOCKS,
        FaultKind.KILL_GATEWAY,
        FaultKind.KILL_SERVER,
        FaultKind.KILL_STRAPS,
        FaultKind.DUPLICATE_BATCH,
    }
)

# Further figures a kind takes, and their values when the scenario is silent.
OPTION_DEFAULTS: Mapping[FaultKind, Mapping[str, float]] = {
    FaultKind.DELAY: {"delay_ms": 200.0, "jitter_ms": 100.0},
    FaultKind.BATTERY_LOW: {"percent": 8.0},
    # 2019-01-01 to 2026-08-28: the step seen in the wild when a host set the clock (ble-wire 5.3)
    FaultKind.CLOCK_STEP: {"step_s": 241_586_764.0},
    FaultKind.KNOCKS: {"pause_s": 0.4},
    FaultKind.DUPLICATE_BATCH: {"copies": 1.0},
    FaultKind.KILL_GATEWAY: {"restart_after_s": 1.0},
    FaultKind.KILL_SERVER: {"restart_after_s": 1.0},
    FaultKind.KILL_STRAPS: {"restart_after_s": 1.0},
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One trouble at one time.

    `at_s` counts seconds from the start of the simulation, `for_s` is its length (0 where it is
    over in an instant), `strap_index` counts from 0 and None means every strap (or no strap at all
    for a trouble of the chain). `options` always holds every figure its kind takes.
    """

    kind: FaultKind
    at_s: float
    for_s: float = 0.0
    strap_index: int | None = None
    options: Mapping[str, float] = field(default_factory=dict)

    @property
    def ends_s(self) -> float:
        """When it is over, in seconds from the start."""
        return self.at_s + self.for_s
