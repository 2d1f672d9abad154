"""Polar H10: heart rate, and acceleration and ECG through Polar Measurement Data."""

import random
from collections.abc import Mapping, Sequence

from firmware_sim.strap import gatt
from firmware_sim.strap.advertising_bytes import encode_polar_heart_rate
from firmware_sim.strap.battery import LOW_PCT, Battery
from firmware_sim.strap.device_clock import DeviceClock
from firmware_sim.strap.device_information import h10_information
from firmware_sim.strap.heart_rate_strap import HeartRateStrap, Identity
from firmware_sim.strap.pmd_bytes import (
    ACC_SAMPLE_BYTES,
    ECG_SAMPLE_BYTES,
    H10_FEATURES,
    Measurement,
    Setting,
    encode_acc_frame,
    encode_ecg_frame,
)
from firmware_sim.strap.pmd_server import PmdServer
from firmware_sim.strap.pmd_stream import Framing, PmdStream
from firmware_sim.strap.pod import PodSignal
from firmware_sim.strap.sample_rate import RateWander, draw_rate_error
from firmware_sim.strap.strap import Advertisement, Outgoing, Service
from firmware_sim.strap.wearer import Wearer
from protocol.ble import uuids

POLAR_FILE_SERVICE = "feee"  # advertised; its file transfer isn't simulated
CLOCK_SD_PPB = 12_000  # strap crystals differ by about ±20 ppm at most
CLOCK_LIMIT_PPB = 20_000
ECG_FULL_SCALE_UV = 20_000  # our choice: beyond any heart, within 24 bit
MG_PER_G = 1000
_WORN_BEFORE_START_NS = (60_000_000_000, 900_000_000_000)  # she put it on 1 to 15 min ago


class H10(HeartRateStrap):
    """A Strap as an H10 with software 3.x behaves."""

    def __init__(
        self, serial: str, wearer: Wearer, battery: Battery, start_ns: int, rng: random.Random
    ) -> None:
        identity = Identity(serial, "h10", f"Polar H10 {serial}")
        super().__init__(identity, h10_information(serial), wearer, battery, start_ns, rng)
        error_ppb = round(max(-CLOCK_LIMIT_PPB, min(CLOCK_LIMIT_PPB, rng.gauss(0, CLOCK_SD_PPB))))
        self._clock = DeviceClock(start_ns - rng.randint(*_WORN_BEFORE_START_NS), error_ppb)
        self._rate_errors = {kind: draw_rate_error(rng) for kind in Measurement}
        self._rng = rng
        self._pmd = PmdServer(self._open_stream)
        self._chest_mg = PodSignal(wearer.chest_mg, self._troubles)

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
            return H10_FEATURES
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

    def _open_stream(
        self, kind: Measurement, chosen: Mapping[Setting, int], now_ns: int
    ) -> PmdStream:
        rate_hz = chosen[Setting.SAMPLE_RATE]
        wander = RateWander(self._rate_errors[kind], self._rng)
        if kind is Measurement.ECG:
            ecg = Framing(rate_hz, ECG_SAMPLE_BYTES, ECG_FULL_SCALE_UV, encode_ecg_frame)
            return PmdStream(ecg, self._wearer.ecg_uv, wander, now_ns)
        full_scale_mg = chosen[Setting.RANGE] * MG_PER_G
        acc = Framing(rate_hz, ACC_SAMPLE_BYTES, full_scale_mg, encode_acc_frame)
        return PmdStream(acc, self._chest_mg, wander, now_ns)

    @property
    def _is_measuring(self) -> bool:
        return self._pmd.is_measuring

    def _power_on(self, now_ns: int) -> None:
        self._clock.power_on(now_ns)
        self._pmd.stop_all()

    def _step_clock(self, step_ns: int) -> None:
        self._clock.step(step_ns)
