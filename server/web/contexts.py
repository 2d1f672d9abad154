"""What each template may show: one class a template, one field a variable. Nothing else gets in."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class LivePageContext:
    """The live page; everything that changes comes over the stream."""

    template: ClassVar[str] = "live.html"

    language: str
    stream_path: str


CONTEXTS = (LivePageContext,)
PageContext = LivePageContext
