"""Turns what a run produced into expectations: generated ids become `<id:…>`, generated times `<time>`."""
import re
from datetime import datetime
from typing import Any

from .times import naive
from .vector import type_first

NAMES = {
    "thread": ("thread", "thr"),
    "message": ("message", "msg"),
    "hidden": ("hidden", None),
    "tool_call": ("call", "tc"),
    "workflow": ("workflow", "wf"),
    "task": ("task", "tsk"),
    "attachment": ("attachment", "atc"),
    "sdk_hidden_context": ("marker", "shcx"),
}
PLACEHOLDER = re.compile(r"^<id:([a-z0-9-]+)(?::([a-z]+))?>$")


def literal_times(value: Any, found: dict[str, str] | None = None) -> dict[str, str]:
    """The times that the vector itself gives, by the naive form the official SDK uses."""
    found = {} if found is None else found
    if isinstance(value, dict):
        for key, child in value.items():
            if key == "created_at" and isinstance(child, str) and not child.startswith("<"):
                found[naive(child)] = child
            literal_times(child, found)
    elif isinstance(value, list):
        for child in value:
            literal_times(child, found)
    return found


class Placeholders:
    def __init__(self, generated: dict[str, str], times: dict[str, str]) -> None:
        self.generated = generated
        self.times = times
        self.labels: dict[str, str] = {}
        self.counts: dict[str, int] = {}

    def label(self, generated_id: str) -> str:
        if generated_id not in self.labels:
            name, prefix = NAMES[self.generated[generated_id]]
            count = self.counts[name] = self.counts.get(name, 0) + 1
            number = "" if count == 1 else f"-{count}"
            self.labels[generated_id] = f"<id:{name}{number}:{prefix}>" if prefix else f"<id:{name}{number}>"
        return self.labels[generated_id]

    def _time(self, text: str) -> str:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=None).isoformat()
        return self.times.get(moment, "<time>")

    def _replace(self, value: Any, key: str | None = None) -> Any:
        if isinstance(value, str):
            if key == "created_at":
                return self._time(value)
            return self.label(value) if value in self.generated else value
        if isinstance(value, dict):
            if value.get("type") == "sdk_hidden_context" and value.get("id") in self.generated:
                value = {**value, "content": "<any>"}  # its wording is everybody's own
            return {
                self.label(name) if name in self.generated else name: self._replace(child, name)
                for name, child in value.items()
            }
        if isinstance(value, list):
            return [self._replace(child) for child in value]
        return value

    def expectation(self, value: Any) -> Any:
        return type_first(self._replace(value))

    def fill(self, value: Any) -> Any:
        """A request or op with the placeholders of earlier steps replaced by the ids they stand for."""
        if isinstance(value, str):
            match = PLACEHOLDER.match(value)
            if not match:
                return value
            for generated_id, label in self.labels.items():
                if label.removeprefix("<id:").removesuffix(">").split(":")[0] == match.group(1):
                    return generated_id
            raise ValueError(f"{value} is not bound yet")
        if isinstance(value, dict):
            return {key: self.fill(child) for key, child in value.items()}
        if isinstance(value, list):
            return [self.fill(child) for child in value]
        return value
