"""What every chest strap does: heart rate, battery, identity, waking and sleeping."""

import random
from collections.abc import Mapping, Sequence

from firmware_sim.scenario.faults import FaultKind
from firmware_sim.strap import gatt
from firmware_sim.strap.battery import Battery
from firmware_sim.strap.hr_bytes import BODY_CHEST, encode_heart_rate, split_rr
from firmware_sim.strap.identity import Identity
from firmware_sim.strap.link import Link
from firmware_sim.strap.power import Power
from firmware_sim.strap.shown_heart import ShownHeart
from firmware_sim.strap.strap import Advertisement, AttRefusalError, Outgoing, Service
from firmware_sim.strap.troubles import Troubles
from firmware_sim.strap.wearer import HeartReport, Wearer
from protocol.ble import uuids

LOOK_AGAIN_NS = 1_000_000_000  # a strap that is off is looked at once a second
# Removing the pod from its belt drops the link after 45 s (vendor's known issues).
DROP_AFTER_POD_OFF_NS = 45_000_000_000
_NS_PER_S = 1_000_000_000


class HeartRateStrap:
    """A Strap (see the seam) with heart rate, battery and device information only."""

    def __init__(
        self,
        identity: Identity,
        information: Mapping[str, bytes],
        wearer: Wearer,
        battery: Battery,
        start_ns: int,
        rng: random.Random,
    ) -> None:
        self.serial = identity.serial
        self.model = identity.model
        self.name = identity.name
        self._information = information
        self._wearer = wearer
        self._battery = battery
        self._shown = ShownHeart(rng)
        self._link = Link()
        self._power = Power(start_ns)
        self._troubles = Troubles()
        self._last_report = HeartReport(start_ns, 0, ())
        self._notified_battery_pct = battery.level_pct(start_ns)

    @property
    def services(self) -> Sequence[Service]:
        """The attribute table, in the order of its handles."""
        return (gatt.HEART_RATE, gatt.device_information(tuple(self._information)), gatt.BATTERY)

    # -- air ---------------------------------------------------------------------------------

    def advertisement(self, now_ns: int) -> Advertisement | None:
        """None while asleep, unworn, empty or linked."""
        self._look(now_ns)
        if not self._troubles.feels_skin(now_ns) or self._troubles.is_asleep(now_ns):
            return None
        if not self._power.is_on or self._link.is_up or self._battery.level_pct(now_ns) == 0:
            return None
        return self._make_advertisement(now_ns)

    def _make_advertisement(self, now_ns: int) -> Advertisement:
        del now_ns
        return Advertisement(self.name, (uuids.HEART_RATE_SERVICE,), b"")

    # -- link --------------------------------------------------------------------------------

    def connect(self, now_ns: int) -> None:
        """A central connected; what was due before it came is nobody's."""
        self.tick(now_ns)
        self._link.open()

    def disconnect(self, now_ns: int) -> None:
        """The link is gone and with it every subscription."""
        self._look(now_ns)
        self._link.close()

    def exchange_mtu(self, att_mtu: int) -> None:
        """The link's ATT_MTU is now this."""
        self._link.att_mtu = att_mtu

    def subscribe(self, characteristic: str, *, notify: bool, indicate: bool) -> None:
        """The central wrote a CCCD."""
        self._link.arm(characteristic, notify=notify, indicate=indicate)

    def wants_to_drop(self, now_ns: int) -> bool:
        """True when the pod has been off for 45 s, or the battery is empty."""
        if self._battery.level_pct(now_ns) == 0:
            return True
        off_ns = self._troubles.pod_off_for_ns(now_ns)
        return off_ns >= DROP_AFTER_POD_OFF_NS and not self._is_measuring

    # -- attributes --------------------------------------------------------------------------

    def read(self, characteristic: str, now_ns: int) -> bytes:
        """The value of a characteristic. Raises AttRefusalError."""
        self._look(now_ns)
        if characteristic in self._information:
            return self._information[characteristic]
        if characteristic == uuids.BATTERY_LEVEL:
            return bytes((self._battery.level_pct(now_ns),))
        if characteristic == uuids.BODY_SENSOR_LOCATION:
            return BODY_CHEST
        raise AttRefusalError(gatt.READ_NOT_PERMITTED)

    def write(self, characteristic: str, payload: bytes, now_ns: int) -> Sequence[Outgoing]:
        """Nothing here can be written. Raises AttRefusalError."""
        del characteristic, payload
        self._look(now_ns)
        raise AttRefusalError(gatt.WRITE_NOT_PERMITTED)

    # -- time --------------------------------------------------------------------------------

    def tick(self, now_ns: int) -> Sequence[Outgoing]:
        """Everything due up to now that somebody armed, oldest first."""
        self._look(now_ns)
        due = sorted(self._due(now_ns), key=lambda timed: timed[0])
        return [outgoing for _, outgoing in due if self._link.passes(outgoing)]

    def next_tick_ns(self, now_ns: int) -> int:
        """When something is next due: the next report of the heart at the latest."""
        return self._wearer.heart.next_ns() if self._power.is_on else now_ns + LOOK_AGAIN_NS

    def _due(self, now_ns: int) -> list[tuple[int, Outgoing]]:
        """Due values with the moment each fell due."""
        due = []
        for report in self._wearer.heart.take_until(now_ns):
            self._last_report = self._show(report)
            if self._power.is_on:
                due += [(report.at_ns, each) for each in self._heart_values(self._last_report)]
        percent = self._battery.level_pct(now_ns)
        if percent != self._notified_battery_pct:
            self._notified_battery_pct = percent
            due.append((now_ns, Outgoing(uuids.BATTERY_LEVEL, bytes((percent,)))))
        return due

    def _show(self, report: HeartReport) -> HeartReport:
        return self._shown.show(
            report,
            feels_skin=self._troubles.feels_skin(report.at_ns),
            pod_is_off=self._troubles.pod_is_off(report.at_ns),
        )

    def _heart_values(self, report: HeartReport) -> list[Outgoing]:
        """One value, or several where the RR don't fit into one at this ATT_MTU."""
        return [
            Outgoing(uuids.HEART_RATE_MEASUREMENT, self._encode_heart(report, rr_ticks))
            for rr_ticks in split_rr(report.rr_ticks, self._link.att_mtu)
        ]

    def _encode_heart(self, report: HeartReport, rr_ticks: Sequence[int]) -> bytes:
        return encode_heart_rate(report.bpm, rr_ticks)

    # -- troubles ----------------------------------------------------------------------------

    def inject(
        self, kind: FaultKind, now_ns: int, for_ns: int, options: Mapping[str, float]
    ) -> None:
        """Begin a trouble; see Injectable."""
        self._look(now_ns)
        self._troubles.begin(kind, now_ns, for_ns, options)
        match kind:
            case FaultKind.BATTERY_LOW:
                self._battery.set_pct(options["percent"], now_ns)
            case FaultKind.REBOOT:
                self._link.close()
                self._power_on(now_ns)
            case FaultKind.CLOCK_STEP:
                self._step_clock(round(options["step_s"] * _NS_PER_S))

    @property
    def _is_measuring(self) -> bool:
        return False

    def _look(self, now_ns: int) -> None:
        """Wake or fall asleep as the moment demands."""
        woke = self._power.update(
            now_ns,
            worn=self._troubles.feels_skin(now_ns),
            linked=self._link.is_up,
            measuring=self._is_measuring,
        )
        if woke:
            self._power_on(now_ns)

    def _power_on(self, now_ns: int) -> None:
        """Firmware starts; a heart-rate strap has nothing to forget."""

    def _step_clock(self, step_ns: int) -> None:
        """A heart-rate strap has no clock anybody sees."""
