"""What each template may show: one class a template, one field a variable. Nothing else gets in."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup


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
class TabletPageContext:
    """The tablet app: what to load, and nothing about anybody."""

    template: ClassVar[str] = "tablet.html"

    language: str
    import_map: Markup
    modules: list[str]
    styles: list[str]


CONTEXTS = (SignInPageContext, HomePageContext, LivePageContext, TabletPageContext)
PageContext = SignInPageContext | HomePageContext | LivePageContext | TabletPageContext
