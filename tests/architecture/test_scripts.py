"""The browser's own scripts follow the rules of the rest: short, pure, translatable."""

import re
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT

WEB = ROOT / "server" / "web"
TABLET = WEB / "tablet"
SCRIPTS = sorted([*TABLET.rglob("*.js"), *(WEB / "static").glob("*.js")])
STYLES = sorted(TABLET.rglob("*.css"))
FILE_LINES_REFUSED = 150
CORES = (TABLET / "core", TABLET / "practice" / "core")
PURE = sorted(path for core in CORES for path in core.rglob("*.js"))
IMPURE_WORDS = re.compile(
    r"\b(document|window|globalThis|navigator|fetch|localStorage|indexedDB|crypto|setTimeout|"
    r"setInterval|performance|console)\b|Date\.now|new Date\(\)|Math\.random"
)
STRING_SINKS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|dangerously"
)
PHYSICAL = re.compile(
    r"(?:^|[\s;{])(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|"
    r"(?:^|[\s;{])(?:left|right|top|bottom)\s*:|text-align:\s*(?:left|right)|float\s*:"
)
SPOKEN_ATTRIBUTES = re.compile(r"""\b(?:aria-label|title|placeholder|alt)=(?!\$\{)["']?[A-Za-z]""")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def code_of(path: Path) -> str:
    """Without comments."""
    text = re.sub(r"/\*.*?\*/", "", read(path), flags=re.DOTALL)
    return "\n".join(re.sub(r"(^|\s)//.*", "", line) for line in text.splitlines())


def templates_of(text: str) -> list[str]:
    """The literal parts of every html`…`, without what is inside ${…}; nested ones on their own."""
    found, start = [], 0
    while (start := text.find("html`", start)) != -1:
        start += len("html`")
        literal, place, depth = [], start, 0
        while depth or text[place] != "`":
            if text.startswith("${", place):
                depth, place = depth + 1, place + 2
                continue
            if depth and text[place] in "{}":
                depth += 1 if text[place] == "{" else -1
            elif depth and text[place] == "`":
                place = skip_template(text, place + 1)
            elif not depth:
                literal.append(text[place])
            place += 1
        found.append("".join(literal))
    return found


def skip_template(text: str, place: int) -> int:
    """The place of the ` that ends a template which begins here."""
    while text[place] != "`":
        if text.startswith("${", place):
            depth, place = 1, place + 2
            while depth:
                if text[place] == "`":
                    place = skip_template(text, place + 1)
                depth += {"{": 1, "}": -1}.get(text[place], 0)
                place += 1
            continue
        place += 1
    return place


def test_there_are_scripts_and_styles() -> None:
    assert len(SCRIPTS) > 60
    assert len(PURE) > 15
    assert len(STYLES) > 5


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES], ids=lambda path: path.name)
def test_one_idea_a_file(path: Path) -> None:
    assert read(path).count("\n") <= FILE_LINES_REFUSED


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_says_first_what_it_is_for(path: Path) -> None:
    assert read(path).startswith(("// ", "/*"))


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.name)
def test_the_core_knows_no_clock_no_chance_no_page_no_network(path: Path) -> None:
    assert IMPURE_WORDS.findall(code_of(path)) == []
    imported = re.findall(r'from "([^"]+)"', read(path))
    assert all(name.startswith(".") for name in imported)
    targets = [(path.parent / name).resolve() for name in imported]
    assert all(any(target.is_relative_to(core) for core in CORES) for target in targets)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_markup_is_made_from_text(path: Path) -> None:
    assert STRING_SINKS.findall(code_of(path)) == []


@pytest.mark.parametrize("path", sorted(TABLET.rglob("*.js")), ids=lambda path: path.name)
def test_every_visible_word_goes_through_the_catalogue(path: Path) -> None:
    for template in templates_of(read(path)):
        text = re.sub(r"<[^>]*>", " ", template)
        assert re.findall(r"[^\W\d_]+", text) == [], f"{path.name}: {text.strip()}"
        assert SPOKEN_ATTRIBUTES.findall(template) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_layouts_mirror_by_themselves(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", read(path), flags=re.DOTALL)
    assert PHYSICAL.findall(text) == []


def test_the_check_of_templates_sees_words_and_not_code() -> None:
    """A rule that can't fail is none."""
    seen = templates_of(
        'html`<p class="lead">Hello ${t("you")} ${a ? html`<b>x</b>` : {b: 1}}</p>`'
    )
    assert [re.sub(r"<[^>]*>", "", one).split() for one in seen] == [["Hello"], ["x"]]


@pytest.mark.parametrize("path", sorted(TABLET.rglob("*.js")), ids=lambda path: path.name)
def test_the_service_worker_is_the_only_one_that_answers_requests(path: Path) -> None:
    caching = re.findall(r"\bcaches\.(?!delete\b)|respondWith", code_of(path))
    assert caching == [] or path.name == "service_worker.js"


IMPORTED = re.compile(
    r"""import \{([^}]*)\} from "(\.[^"]+)"|const \{([^{}]*)\} = await import\("(\.[^"]+)"\)"""
)
EXPORTED = re.compile(r"^export (?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)


@pytest.mark.parametrize("path", sorted(TABLET.rglob("*.js")), ids=lambda path: path.stem)
def test_what_is_imported_by_name_is_exported_there(path: Path) -> None:
    """A module that misses one name fails whole, and only when somebody opens it."""
    for names, source, later_names, later_source in IMPORTED.findall(read(path)):
        target = path.parent / (source or later_source)
        exported = set(EXPORTED.findall(read(target)))
        wanted = {name.split(" as ")[0].strip() for name in (names or later_names).split(",")}
        assert wanted - {""} <= exported, target.name


IMPORTS = re.compile(r"""^import (?:(\w+), )?\{([^}]*)\} from "[^"]+";""", re.MULTILINE)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_what_is_imported_is_used(path: Path) -> None:
    """A name that nobody uses any more is mostly a call that was lost."""
    code = code_of(path)
    body = IMPORTS.sub("", code)
    names = [
        name.split(" as ")[-1].strip()
        for _, listed in IMPORTS.findall(code)
        for name in listed.split(",")
        if name.strip()
    ]
    assert [name for name in names if not re.search(rf"\b{re.escape(name)}\b", body)] == []
