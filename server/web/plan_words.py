"""Names and cues of a plan in the language of whoever asks: those of the plans that come with us.

A study's own plan has its own words, in its own language: what no catalogue has stays as it is.
"""

from typing import Any

from server.web.catalogue.spoken import current_language, t


def say_plan(content: Any) -> Any:
    """The same JSON with the names and cues of its exercises said, and the ends of its scale."""
    if isinstance(content, list):
        return [say_plan(one) for one in content]
    if not isinstance(content, dict):
        return content
    said = {key: say_plan(value) for key, value in content.items()}
    if "exercise" in content:
        said |= {key: t(content[key]) for key in ("name", "cue") if content.get(key)}
    if "stations" in content and said != content:
        said["language"] = current_language()
    if "words" in content and "scale" in content:
        said["words"] = {number: t(word) for number, word in content["words"].items()}
    return said


def say_path(path: dict[str, Any]) -> dict[str, Any]:
    """The same of a participant's own path, whose steps are named by their exercises."""
    said: dict[str, Any] = say_plan(path)
    return said if said == path else {**said, "language": current_language()}


def say_id(name: str) -> str:
    """An id of the plan as words: sit-to-stand is "sit to stand" in English."""
    return t(name.replace("-", " ").replace("_", " "))
