"""Reading, completing and writing vector files."""
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

KEY_ORDER = ("kind", "name", "source", "differs", "owner", "options", "seed", "property", "before", "after", "file", "data",
             "converters", "items", "steps", "expect", "expect_error", "expect_input", "expect_store")
STEP_ORDER = ("request", "request_text", "owner", "respond", "action", "sync_action", "transcribe", "create_attachment",
              "delete_attachment", "feedback", "abort_after_events", "expect")
WIDTH = 140
DEFAULT_OWNER = "user-1"


def default_time(position: int) -> str:
    return f"2026-01-01T00:{position // 60:02}:{position % 60:02}.000Z"


def numbered(value: Any, number: int) -> Any:
    if isinstance(value, str):
        return value.replace("{n}", str(number))
    if isinstance(value, dict):
        return {key: numbered(child, number) for key, child in value.items()}
    if isinstance(value, list):
        return [numbered(child, number) for child in value]
    return value


def expanded(records: list[Any]) -> list[Any]:
    """`{ "repeat": 3, "record": {…} }` stands for three records, with `{n}` counting from 1."""
    result: list[Any] = []
    for record in records:
        if "repeat" in record:
            result += [numbered(record["record"], number) for number in range(1, record["repeat"] + 1)]
        else:
            result.append(deepcopy(record))
    return result


def complete_seed(seed: dict[str, Any]) -> dict[str, Any]:
    """Fills in what a seed may leave out: times by position, thread ids, an active status, empty metadata."""
    threads = [
        {"created_at": default_time(position), "status": {"type": "active"}, "metadata": {}, **record}
        for position, record in enumerate(expanded(seed.get("threads", [])))
    ]
    items = {
        thread_id: [
            {"thread_id": thread_id, "created_at": default_time(position), **record}
            for position, record in enumerate(expanded(records))
        ]
        for thread_id, records in seed.get("items", {}).items()
    }
    return {"threads": threads, "items": items, "attachments": expanded(seed.get("attachments", []))}


def type_first(value: Any) -> Any:
    """The discriminator first, for the reader's sake; key order has no meaning."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key != "type") if "type" in value else list(value)
        return {key: type_first(value[key]) for key in keys}
    if isinstance(value, list):
        return [type_first(child) for child in value]
    return value


def inline(value: Any) -> str:
    if isinstance(value, dict) and value:
        return "{ " + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {inline(child)}" for key, child in value.items()) + " }"
    if isinstance(value, list) and value:
        return "[" + ", ".join(inline(child) for child in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def pretty(value: Any, indent: int = 0, taken: int = 0) -> str:
    line = inline(value)
    if len(line) + indent + taken <= WIDTH and indent > 0 or not isinstance(value, (dict, list)) or not value:
        return line
    pad, close = " " * (indent + 2), " " * indent
    if isinstance(value, list):
        return "[\n" + ",\n".join(pad + pretty(child, indent + 2) for child in value) + f"\n{close}]"
    lines = []
    for key, child in value.items():
        name = json.dumps(key, ensure_ascii=False) + ": "
        lines.append(pad + name + pretty(child, indent + 2, len(name)))
    return "{\n" + ",\n".join(lines) + f"\n{close}}}"


def ordered(value: dict[str, Any], order: tuple[str, ...]) -> dict[str, Any]:
    unknown = set(value) - set(order)
    if unknown:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    return {key: value[key] for key in order if key in value}


def as_text(vector: dict[str, Any]) -> str:
    result = ordered(vector, KEY_ORDER)
    if "steps" in result:
        result["steps"] = [ordered(step, STEP_ORDER) for step in result["steps"]]
    return pretty(result) + "\n"


def read(path: Path) -> dict[str, Any]:
    vector = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(vector, dict) or "name" not in vector:
        raise ValueError("a vector is an object with a name")
    return vector
