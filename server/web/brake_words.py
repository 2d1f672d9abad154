"""What a page says when the sign-in brake holds somebody up, and when to come again."""

from starlette.responses import Response

from server.errors import ServerError, SignInBusyError, TooManyAttemptsError
from server.web.catalogue.spoken import t
from server.web.errors import choose_retry_after_s, find_status


def describe_brake(error: ServerError) -> str | None:
    """The sentence; None for what isn't the brake's."""
    if isinstance(error, TooManyAttemptsError):
        wait_s = choose_retry_after_s(error)
        return t("Too many wrong tries. Wait {seconds} s, then try again.", seconds=wait_s)
    if isinstance(error, SignInBusyError):
        return t("Many people sign in at this moment. Try again in a few seconds.")
    return None


def mark_refused(page: Response, error: ServerError) -> Response:
    """The page with the error's status, and when a try makes sense again."""
    page.status_code = find_status(error)
    if page.status_code in {429, 503}:
        page.headers["Retry-After"] = str(choose_retry_after_s(error))
    return page
