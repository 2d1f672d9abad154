"""Which printed sheet an entry was copied from, and who had written on it (decision 0048)."""

from typing import Annotated, Final

import msgspec

from protocol.ledger.patterns import whole
from protocol.ledger.words import MAX_PEOPLE, UserName

SHEET_FORM: Final = "[0-9a-f]{12}"

SheetCode = Annotated[str, msgspec.Meta(pattern=whole(SHEET_FORM))]
SheetPage = Annotated[int, msgspec.Meta(ge=1, le=4 * MAX_PEOPLE)]


class PaperSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The sheet by its printed code, its page, and whose hand is on it; null: the participant's.

    `actor` of the entry is who copied it. It says nothing of what was entered: the same words on
    paper and on a tablet agree.
    """

    sheet: SheetCode
    page: SheetPage
    written_by: UserName | None
