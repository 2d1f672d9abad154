"""A report as files: `results.json`, `report.html` and `report.pdf`."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

from server.analysis.report.content import Content
from server.analysis.report.html import write_html
from server.analysis.report.pdf import write_pdf
from server.analysis.report.writing import SIMULATED, write_document

RESULTS: Final = "results.json"
HTML: Final = "report.html"
PDF: Final = "report.pdf"


def write_files(folder: Path, content: Content) -> None:
    """All three into a folder that is there. Raises OSError."""
    text = json.dumps(_tell(content), indent=2, ensure_ascii=False) + "\n"
    (folder / RESULTS).write_text(text, encoding="utf-8")
    document = write_document(content)
    (folder / HTML).write_text(write_html(document), encoding="utf-8")
    (folder / PDF).write_bytes(write_pdf(document))


def _tell(content: Content) -> dict[str, Any]:
    plan = content.plan
    return {
        "dataset": {
            **content.frame.describe(),
            "notice": content.notice,
            "simulated": content.notice == SIMULATED,
            "why": {name: dict(Counter(one.values())) for name, one in content.why.items()},
        },
        "versions": dict(content.versions),
        "plan": {
            "sha256": plan.sha256,
            "planned_sha256": None if content.planned is None else content.planned.sha256,
            "departures": content.departures,
        },
        **content.analysis.to_json(),
    }
