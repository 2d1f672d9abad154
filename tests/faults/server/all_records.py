"""What an archive holds, read page by page."""

from protocol.messages.uplink import NotificationRecord
from server.storage import Storage


def read_all(storage: Storage) -> list[NotificationRecord]:
    """Every page: one holds up to so many chunks, and so many bytes."""
    found: list[NotificationRecord] = []
    cursor = 0
    while cursor != storage.feed.newest_cursor():
        page = storage.feed.read_after(cursor)
        found += [one.record for one in page.records]
        cursor = page.cursor
    return found
