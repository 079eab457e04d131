"""Widget diffs and templates, as the official SDK makes them."""
import json
from pathlib import Path
from typing import Any

from chatkit.server import diff_widget
from chatkit.widgets import WidgetTemplate

from .ops import WIDGET
from .vector import type_first


def record_diff(vector: dict[str, Any]) -> dict[str, Any]:
    updates = diff_widget(WIDGET.validate_python(vector["before"]), WIDGET.validate_python(vector["after"]))
    return {**vector, "expect": type_first([update.model_dump(mode="json", exclude_none=True) for update in updates])}


def definition_of(vector: dict[str, Any], folder: Path) -> dict[str, Any]:
    file = vector["file"]
    return json.loads((folder / file).read_text(encoding="utf-8")) if isinstance(file, str) else file


def record_template(vector: dict[str, Any], folder: Path) -> dict[str, Any]:
    definition = definition_of(vector, folder)
    try:
        widget = WidgetTemplate(definition).build(vector.get("data"))
    except Exception:
        return {**vector, "expect_error": True}
    return {**vector, "expect": type_first(widget.model_dump(mode="json", exclude_none=True))}
