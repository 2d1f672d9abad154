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
class Field:
    """One field of a form. `trouble` is a sentence, empty when nothing is wrong."""

    name: str
    label: str
    value: str
    trouble: str


@dataclass(frozen=True, slots=True)
class LimitRow:
    """What is in force for one participant, in words."""

    code: str
    ceiling: str
    look: str
    hold: str


@dataclass(frozen=True, slots=True)
class PastLimits:
    """Values that were proposed once, and what became of them."""

    values: str
    given: str
    signed: str


@dataclass(frozen=True, slots=True)
class LimitsPageContext:
    """The clinician's page. `signature` is empty where no limit is in force, `pending` where
    nothing waits for one; `seen` says which values the page showed.
    """

    template: ClassVar[str] = "limits.html"

    language: str
    name: str
    done: str
    refusal: str
    signature: str
    pending: str
    rows: list[LimitRow]
    numbers: list[Field]
    own: list[Field]
    qualification: Field
    reason: Field
    password: Field
    withdraw_reason: Field
    withdraw_password: Field
    may_withdraw: bool
    seen: str
    past: list[PastLimits]


@dataclass(frozen=True, slots=True)
class StrapLabel:
    """A sticker: what the code holds, large digits for people, and the code as SVG."""

    serial: str
    number: str
    code: Markup


@dataclass(frozen=True, slots=True)
class StrapLabelsPageContext:
    """The sheet of stickers."""

    template: ClassVar[str] = "strap_labels.html"

    language: str
    labels: list[StrapLabel]


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


CONTEXTS = (
    SignInPageContext,
    HomePageContext,
    LimitsPageContext,
    LivePageContext,
    StrapLabelsPageContext,
    TabletPageContext,
)
PageContext = (
    SignInPageContext
    | HomePageContext
    | LimitsPageContext
    | LivePageContext
    | StrapLabelsPageContext
    | TabletPageContext
)
