"""What Polar's straps share: their clock, their control point, their advertisement."""

import random
from abc import abstractmethod
from collections.abc import Mapping, Sequence

from firmware_sim.strap import gatt
from firmware_sim.strap.advertising_bytes import encode_polar_heart_rate
from firmware_sim.strap.battery import LOW_PCT, Battery
from firmware_sim.strap.device_clock import DeviceClock
from firmware_sim.strap.heart_rate_strap import HeartRateStrap
from firmware_sim.strap.identity import Identity
from firmware_sim.strap.pmd_bytes import Measurement, Setting
from firmware_sim.strap.pmd_offers import PmdModel
from firmware_sim.strap.pmd_server import PmdServer
from firmware_sim.strap.pmd_stream import PmdStream
from firmware_sim.strap.pod import PodSignal
from firmware_sim.strap.sample_rate import RateWander, draw_rate_error
from firmware_sim.strap.strap import Advertisement, Outgoing, Service
from firmware_sim.strap.wearer import Wearer
from protocol.ble import uuids

POLAR_FILE_SERVICE = "feee"  # advertised; its file transfer isn't simulated
CLOCK_SD_PPB = 12_000  # strap crystals differ by about ±20 ppm at most
CLOCK_LIMIT_PPB = 20_000
MG_PER_G = 1000
_WORN_BEFORE_START_NS = (60_000_000_000, 900_000_000_000)  # she put it on 1 to 15 min ago


class PolarStrap(HeartRateStrap):
    """A Strap with Polar Measurement Data; each model says how its streams are made."""

    def __init__(
        self,
        identity: Identity,
        information: Mapping[str, bytes],
        pmd_model: PmdModel,
        wearer: Wearer,
        battery: Battery,
        start_ns: int,
        rng: random.Random,
    ) -> None:
        super().__init__(identity, information, wearer, battery, start_ns, rng)
        error_ppb = round(max(-CLOCK_LIMIT_PPB, min(CLOCK_LIMIT_PPB, rng.gauss(0, CLOCK_SD_PPB))))
        self._clock = DeviceClock(start_ns - rng.randint(*_WORN_BEFORE_START_NS), error_ppb)
        self._rate_errors = {kind: draw_rate_error(rng) for kind in Measurement}
        self._rng = rng
        self._features = pmd_model.features
        self._pmd = PmdServer(pmd_model, self._open_stream)
        self._chest_mg = PodSignal(wearer.chest_mg, self._troubles)

    @abstractmethod
    def _open_stream(
        self, kind: Measurement, chosen: Mapping[Setting, int], now_ns: int
    ) -> PmdStream:
        """A stream with the chosen settings, beginning now."""

    def _new_wander(self, kind: Measurement) -> RateWander:
        return RateWander(self._rate_errors[kind], self._rng)

    @property
    def services(self) -> Sequence[Service]:
        """Heart rate, device information, battery, measurement: a real one's order."""
        return (*super().services, gatt.PMD)

    def _make_advertisement(self, now_ns: int) -> Advertisement:
        report = self._last_report
        heart = encode_polar_heart_rate(
            fast_bpm=min(report.bpm, 0xFF),
            slow_bpm=min(report.bpm, 0xFF),
            contact=self._troubles.feels_skin(now_ns),
            battery_low=self._battery.level_pct(now_ns) <= LOW_PCT,
            frame_counter=report.at_ns // 1_000_000_000,
        )
        return Advertisement(self.name, (uuids.HEART_RATE_SERVICE, POLAR_FILE_SERVICE), heart)

    def read(self, characteristic: str, now_ns: int) -> bytes:
        """The value of a characteristic. Raises AttRefusalError."""
        if characteristic == uuids.PMD_CONTROL_POINT:
            return self._features
        return super().read(characteristic, now_ns)

    def write(self, characteristic: str, payload: bytes, now_ns: int) -> Sequence[Outgoing]:
        """A request to the control point; its answer is lost if nobody armed the indication."""
        if characteristic != uuids.PMD_CONTROL_POINT:
            return super().write(characteristic, payload, now_ns)
        self._look(now_ns)
        answer = self._pmd.answer(payload, self._link.att_mtu, now_ns)
        outgoing = Outgoing(uuids.PMD_CONTROL_POINT, answer, indication=True)
        return [outgoing] if self._link.passes(outgoing) else []

    def next_tick_ns(self, now_ns: int) -> int:
        """When a report or a frame is next due."""
        frame_ns = self._pmd.next_frame_ns()
        report_ns = super().next_tick_ns(now_ns)
        return report_ns if frame_ns is None else min(frame_ns, report_ns)

    def _due(self, now_ns: int) -> list[tuple[int, Outgoing]]:
        frames = self._pmd.take_frames(
            now_ns,
            att_mtu=self._link.att_mtu,
            clock=self._clock,
            heard=self._link.notifies(uuids.PMD_DATA),
        )
        data = [(each.at_ns, Outgoing(uuids.PMD_DATA, each.payload)) for each in frames]
        return super()._due(now_ns) + data

    @property
    def _is_measuring(self) -> bool:
        return self._pmd.is_measuring

    def _power_on(self, now_ns: int) -> None:
        self._clock.power_on(now_ns)
        self._pmd.stop_all()

    def _step_clock(self, step_ns: int) -> None:
        self._clock.step(step_ns)
