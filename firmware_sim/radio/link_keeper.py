"""A controller's own ends of its links: how they begin, end politely, or end without a word."""

from typing import TYPE_CHECKING

from bumble import controller as bumble_controller
from bumble import hci

from firmware_sim.radio.air_connection import AirConnection
from firmware_sim.radio.air_link import AirLink, Reach
from firmware_sim.radio.air_queue import Delay

if TYPE_CHECKING:
    from bumble import link as bumble_link


class LinkKeeper(bumble_controller.Controller):
    """What is true of all links of one chip; the true parameters and reasons reach its host."""

    def __init__(
        self, name: str, link: "bumble_link.LocalLink", public_address: str | None
    ) -> None:
        super().__init__(name, link=link, public_address=public_address)
        self.reach = Reach()
        self.delay = Delay()
        self.air_links: list[AirLink] = []

    @property
    def live_link(self) -> AirLink | None:
        """The first link that is up; a strap has no other."""
        return next((link for link in self.air_links if link.is_up), None)

    def join(self, link: AirLink, end: AirConnection, parameters: tuple[int, int, int]) -> None:
        """A connection exists from now on; the host hears its interval, latency and time-out."""
        end.air = link
        self.air_links.append(link)
        self.le_connections[end.peer_address] = end
        self.report_connection(end.peer_address, hci.HCI_ErrorCode.SUCCESS, end, parameters)

    def report_connection(
        self,
        peer: hci.Address,
        status: int,
        end: AirConnection | None = None,
        parameters: tuple[int, int, int] = (0, 0, 0),
    ) -> None:
        """LE Connection Complete: a new link, or why there is none."""
        interval, latency, timeout = parameters
        self.send_hci_packet(
            hci.HCI_LE_Connection_Complete_Event(
                status=status,
                connection_handle=end.handle if end else 0,
                role=end.role if end else hci.Role.CENTRAL,
                peer_address_type=peer.address_type,
                peer_address=peer,
                connection_interval=interval,
                peripheral_latency=latency,
                supervision_timeout=timeout,
                central_clock_accuracy=0,
            )
        )

    def on_le_disconnected(self, connection: bumble_controller.Connection, reason: int) -> None:
        """Forget a connection and tell the host why it ended."""
        if self.le_connections.get(connection.peer_address) is connection:
            super().on_le_disconnected(connection, reason)
        self.air_links = [link for link in self.air_links if link.is_up]

    def drop(self, reason: int) -> None:
        """End all links politely, from this side."""
        for end in self._air_ends():
            end.leave(reason)

    def lose_power(self) -> None:
        """Links end without a word to the peers; the own host learns it as it comes back."""
        for end in self._air_ends():
            if isinstance(end.air, AirLink):
                end.air.vanish(end)
            end.end(hci.HCI_ErrorCode.REMOTE_DEVICE_TERMINATED_CONNECTION_DUE_TO_POWER_OFF_ERROR)

    def vanish(self) -> None:
        """Forget all links without a word."""
        for end in self._air_ends():
            if isinstance(end.air, AirLink):
                end.air.vanish(end)
        self.le_connections.clear()
        self.air_links = []

    def _air_ends(self) -> list[AirConnection]:
        return [end for end in self.le_connections.values() if isinstance(end, AirConnection)]
