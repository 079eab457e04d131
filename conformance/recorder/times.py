"""Times and the frozen clock.

The official SDK writes naive local times, so the recorder works with naive UTC inside and writes `Z` outside.
"""
from datetime import datetime, timezone
from typing import Any

FROZEN_NOW = datetime(2026, 1, 2, 3, 4, 5, 678000)


class FrozenDatetime(datetime):
    """Stands in for `datetime` in the official modules: `now()` never moves."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return FROZEN_NOW


def naive(text: str) -> str:
    """`2026-01-02T03:04:05.678Z` as the official SDK would have written it."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment.astimezone(timezone.utc).replace(tzinfo=None).isoformat()


def with_naive_times(value: Any) -> Any:
    """A copy whose `created_at` fields are naive."""
    if isinstance(value, dict):
        return {
            key: naive(child) if key == "created_at" and isinstance(child, str) else with_naive_times(child)
            for key, child in value.items()
        }
    if isinstance(value, list):
        return [with_naive_times(child) for child in value]
    return value
