"""The matching rules of the runner, for comparing a specified vector with what the official SDK does."""
import re
from typing import Any

from .placeholders import PLACEHOLDER

NAMED_TIME = re.compile(r"^<time:[a-z0-9-]+>$")
CONTAINS = re.compile(r"^<contains:(.*)>$", re.DOTALL)


def matches(expected: Any, actual: Any, bound: dict[str, Any]) -> bool:
    """`actual` is an expectation itself: its own placeholders stand for generated values."""
    if expected == "<any>":
        return True
    if isinstance(expected, str) and isinstance(actual, str):
        if expected == "<time>":
            return actual == "<time>" or bool(re.match(r"^\d{4}-", actual))
        if NAMED_TIME.match(expected):
            return False  # the recorder's clock stands still, so it can't tell whether two times would be one
        contains = CONTAINS.match(expected)
        if contains:
            return contains.group(1) in actual
        name = PLACEHOLDER.match(expected)
        if name:
            return bool(bound.setdefault(name.group(1), actual) == actual)
        return expected == actual
    if isinstance(expected, dict) and isinstance(actual, dict):
        if len(expected) != len(actual):
            return False
        remaining = dict(actual)
        for key, child in expected.items():
            found = next((name for name in remaining if name == key or matches(key, name, bound)), None)
            if found is None or not matches(child, remaining.pop(found), bound):
                return False
        return True
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(matches(one, other, bound) for one, other in zip(expected, actual))
    return type(expected) is type(actual) and bool(expected == actual)


def same_expectation(specified: dict[str, Any], recorded: dict[str, Any]) -> bool:
    bound: dict[str, Any] = {}
    for key in ("expect", "expect_error", "expect_store"):
        if key in specified and not matches(specified[key], recorded.get(key), bound):
            return False
    for ours, theirs in zip(specified.get("steps", []), recorded.get("steps", [])):
        expect = ours.get("expect", {})
        if any(not matches(value, theirs["expect"].get(key), bound) for key, value in expect.items()):
            return False
    return True
