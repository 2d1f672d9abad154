"""What each template may show: one class a template, one field a variable. Nothing else gets in.

Pages that few people open have theirs beside them, and load it when they are opened.
"""

from dataclasses import Field, dataclass
from typing import Any, ClassVar, Protocol

from markupsafe import Markup


class PageContext(Protocol):
    """A frozen dataclass: its template, the language, and whatever else that template shows."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    template: ClassVar[str]

    @property
    def language(self) -> str:
        """Of the page's words, as `load_catalogue` takes it."""


@dataclass(frozen=True, slots=True)
class SignInPageContext:
    """The sign-in page. `trouble` is a sentence, empty when nothing is wrong."""

    template: ClassVar[str] = "sign_in.html"

    language: str
    next_path: str
    name: str
    trouble: str


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a page, and what it says."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class HomePageContext:
    """Who is signed in, what there is for her, and the way out."""

    template: ClassVar[str] = "home.html"

    language: str
    name: str
    role: str
    links: list[Link]


@dataclass(frozen=True, slots=True)
class LivePageContext:
    """The live page; everything that changes comes over the stream."""

    template: ClassVar[str] = "live.html"

    language: str
    stream_path: str
    name: str


@dataclass(frozen=True, slots=True)
class AppPageContext:
    """An app that is kept on its device: what to load, and nothing about anybody.

    `without_scripts` is said where JavaScript is off.
    """

    template: ClassVar[str] = "app.html"

    language: str
    title: str
    manifest: str
    script: str
    without_scripts: str
    import_map: Markup
    modules: list[str]
    styles: list[str]


@dataclass(frozen=True, slots=True)
class SelfTestPageContext:
    """The self-test; a script of its own writes what it finds."""

    template: ClassVar[str] = "self_test.html"

    language: str
