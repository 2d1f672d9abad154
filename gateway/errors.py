"""What can go wrong in the gateway. Each class answers: what should the caller do?"""

from protocol.identifiers import StrapId


class GatewayError(Exception):
    """Root; a command shows its sentence and exits with 2."""


class SettingsError(GatewayError):
    """The settings are wrong: a person corrects them. Names every problem at once."""


class StrapError(GatewayError):
    """Something about one strap; the others go on."""

    def __init__(self, strap: StrapId, message: str) -> None:
        super().__init__(f"strap {strap}: {message}")
        self.strap = strap


class LinkLostError(StrapError):
    """Retry at once."""


class AdapterUnavailableError(GatewayError):
    """No radio: stop all straps, raise one alarm."""


class JournalError(GatewayError):
    """The journal can't be trusted to keep what it is given: stop, loudly."""


class JournalFullError(JournalError):
    """No room on the disk: give up streams in the fixed order and declare each gap."""


class JournalBusyError(JournalError):
    """Another program holds the journal's file: keep what is to be written and try again."""


class JournalCorruptError(JournalError):
    """Damaged: keep the file read-only, start a new epoch, tell a human."""


class UplinkError(GatewayError):
    """The server didn't take a batch; nothing is lost, the journal has it."""


class ServerUnreachableError(UplinkError):
    """Retry with backoff and full jitter. `retry_after_s` if the server named a time."""

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class BatchTooLargeError(UplinkError):
    """413: send half as much."""


class BatchRefusedError(UplinkError):
    """400 or 422: find the record that the server can't take and quarantine it."""


class CredentialRefusedError(UplinkError):
    """401 or 403: keep everything and tell a human."""


class ArchiveForkError(UplinkError):
    """409: these numbers hold other bytes on the server. It kept both; open a new epoch.

    `known` are (first, last) runs of this batch that the server already holds unchanged.
    """

    def __init__(self, message: str, known: tuple[tuple[int, int], ...]) -> None:
        super().__init__(message)
        self.known = known
