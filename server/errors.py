"""What can go wrong in the server. `code` is stable text that clients may rely on."""

from collections.abc import Sequence


class ServerError(Exception):
    """Root. Carries a sentence for people and a code for programs; web/errors.py maps it."""

    code = "server_error"


class SettingsError(ServerError):
    """The settings or the data directory are wrong: a person corrects them."""

    code = "settings_invalid"


class NotFoundError(ServerError):
    """No such thing, or not for you."""

    code = "not_found"


class NotWorkedOutYetError(ServerError):
    """It may be there in a moment: numbers are being worked out. Ask again."""

    code = "not_worked_out_yet"


class SessionsFailedError(ServerError):
    """Dose of these sessions can't be worked out; that of all others was. The log says why."""

    code = "sessions_failed"

    def __init__(self, sessions: Sequence[str]) -> None:
        super().__init__(
            f"dose can't be worked out of session {', '.join(sessions)}; all others were, and what"
            " was worked out of it before stays as it was: look in the log for the reason"
        )
        self.sessions = tuple(sessions)


class MethodNotAllowedError(ServerError):
    """The address is right, and takes other methods."""

    code = "method_not_allowed"

    def __init__(self, methods: Sequence[str]) -> None:
        super().__init__(f"this address takes {' and '.join(methods)}")
        self.methods = tuple(methods)


class ConflictError(ServerError):
    """It exists already, in another shape."""

    code = "conflict"


class RuleError(ServerError):
    """A rule of the study or the domain forbids it."""

    code = "rule_broken"


class ApprovalNeededError(RuleError):
    """A second person hasn't approved it: ask, and let somebody else decide."""

    code = "approval_needed"


class PinExistsError(RuleError):
    """She has a PIN: give it, or have a trainer let her set a new one."""

    code = "pin_exists"


class PinMissingError(RuleError):
    """She hasn't set a PIN yet."""

    code = "pin_missing"


class PinUnfitError(RuleError):
    """Not six digits, or ones that everybody tries first."""

    code = "pin_unfit"


class TableFailedError(ServerError):
    """A table of a dataset can't be made: its name, the row, and what is wrong with it."""

    code = "table_failed"

    def __init__(self, table: str, row: int, said: str) -> None:
        super().__init__(f"table {table}, row {row}: {said}; nothing was kept")
        self.table = table
        self.row = row
        self.said = said


class MethodError(ServerError):
    """The data don't fit what a statistical method needs: correct them, or plan another method."""

    code = "method_unfit"


class CredentialError(ServerError):
    """No token, a wrong one, or one that was revoked."""

    code = "credential_refused"


class SignedOutError(ServerError):
    """Nobody is signed in here, or not any more: sign in and try again."""

    code = "signed_out"


class TabletUnknownError(ServerError):
    """No cookie of a tablet that was ever enrolled here."""

    code = "tablet_unknown"


class TabletRevokedError(ServerError):
    """It was enrolled and isn't any more: it may hand in what waits on it, and see nothing."""

    code = "tablet_revoked"


class SignInRefusedError(ServerError):
    """Name and password, or name and PIN, don't belong together; which of them is not told."""

    code = "sign_in_refused"


class CodeRefusedError(ServerError):
    """A participant's or a tablet's code that opens nothing; why is not told."""

    code = "code_refused"


class TooManyAttemptsError(ServerError):
    """Too many wrong passwords or PINs: wait as long as Retry-After says."""

    code = "too_many_attempts"

    def __init__(self, message: str, wait_s: float) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class SignInBusyError(ServerError):
    """More people sign in at this moment than passwords can be checked: try again at once."""

    code = "sign_in_busy"


class NotPermittedError(ServerError):
    """Known, but not allowed to do this."""

    code = "not_permitted"


class TabletNotEnrolledError(NotPermittedError):
    """The study wants enrolled tablets, and this isn't one: enrol it; what waits on it is kept."""

    code = "tablet_not_enrolled"


class PinNeededError(NotPermittedError):
    """A participant's own data: her PIN first."""

    code = "pin_needed"


class ActorNotSignedInError(NotPermittedError):
    """Entries of somebody who hasn't signed in here: kept by the tablet until she does."""

    code = "actor_not_signed_in"

    def __init__(self, message: str, actors: Sequence[str]) -> None:
        super().__init__(message)
        self.actors = tuple(actors)


class InvalidRequestError(ServerError):
    """The request's body isn't what this address takes."""

    code = "request_invalid"


class RequestTooLargeError(ServerError):
    """The request's body is longer than anything honest."""

    code = "request_too_large"


class InvalidBatchError(ServerError):
    """The batch breaks the contract: the gateway bisects it."""

    code = "batch_invalid"


class BatchTooLargeError(ServerError):
    """The gateway halves it."""

    code = "batch_too_large"


class StorageUnavailableError(ServerError):
    """Nothing can be stored now (disk full, database away): retry later."""

    code = "storage_unavailable"


class ArchiveInconsistentError(StorageUnavailableError):
    """A constraint of the archive refused an upload: its tables contradict each other."""

    code = "archive_inconsistent"


class SegmentUnprovenError(ServerError):
    """A segment didn't give back the rows it was made of; they stay as they were."""

    code = "segment_unproven"


class BackupDamagedError(ServerError):
    """A backup is not what was signed, or its ledger isn't whole: use another one."""

    code = "backup_damaged"


class ArchiveConflictError(ServerError):
    """Same key, other bytes: both are kept, a person is told.

    Both are (first, last) runs of the batch: of `known` the archive holds the same bytes, of
    `conflicting` other ones. A gap is one run, however many numbers it declares.
    """

    code = "archive_conflict"

    def __init__(
        self,
        message: str,
        known: tuple[tuple[int, int], ...],
        conflicting: tuple[tuple[int, int], ...],
    ) -> None:
        super().__init__(message)
        self.known = known
        self.conflicting = conflicting


class UnsupportedUploadError(ServerError):
    """The body is compressed, or of another kind than MessagePack: the sender is misconfigured."""

    code = "media_type_unsupported"


class SlowUploadError(ServerError):
    """The body did not arrive in time: send it again."""

    code = "upload_too_slow"


class TooManyRequestsError(ServerError):
    """Faster than any honest gateway: wait as long as Retry-After says."""

    code = "too_many_requests"


class ViewerLimitError(ServerError):
    """As many live pages are open as one server serves: close one."""

    code = "too_many_viewers"
