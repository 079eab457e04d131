"""Feeds the raw events of a vector through the official `stream_agent_response`."""
import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

from chatkit.agents import AgentContext, ResponseStreamConverter, stream_agent_response
from openai._models import construct_type
from openai.types.responses import ResponseStreamEvent

from .ops import Turn, run_context_op

JAVASCRIPT_ONLY = {"response_started", "output_text_delta", "response_done", "model"}
"""Events that only the JavaScript Agents SDK adds beside the raw ones; the Python SDK has no such events."""


class Counted(AgentContext[Any]):
    """Knows how many events wait, so that a vector can say what comes before what."""

    def waiting(self) -> int:
        return self._events.qsize()


def as_run_event(event: dict[str, Any]) -> Any:
    if event["type"] == "run_item_stream_event":
        return SimpleNamespace(type=event["type"], item=SimpleNamespace(**event["item"]))
    if event["type"] == "agent_updated_stream_event":
        return SimpleNamespace(type=event["type"])
    return SimpleNamespace(type="raw_response_event", data=construct_type(type_=ResponseStreamEvent, value=event))


def ops_at(context_ops: list[Any], index: int) -> list[dict[str, Any]]:
    entry = context_ops[index] if index < len(context_ops) else None
    if not entry:
        return []
    return entry if isinstance(entry, list) else [entry]


async def until_consumed(context: Counted) -> None:
    """Lets the converter take what a tool has queued before the model's next event arrives."""
    for _ in range(20):
        await asyncio.sleep(0)
    while context.waiting():
        await asyncio.sleep(0)


async def run_agent(run: dict[str, Any], turn: Turn) -> AsyncIterator[Any]:
    context = Counted(thread=turn.thread, store=turn.store, request_context=turn.owner)
    context_ops = run.get("context", [])
    for op in run.get("before", []):
        await run_context_op(op, turn, context)

    async def stream_events() -> AsyncIterator[Any]:
        await until_consumed(context)
        for index, event in enumerate(run["events"]):
            if event["type"] not in JAVASCRIPT_ONLY:
                yield as_run_event(event)
            for op in ops_at(context_ops, index):
                await run_context_op(op, turn, context)
                await until_consumed(context)

    result: Any = SimpleNamespace(stream_events=stream_events)
    converter = ResponseStreamConverter(partial_images=run.get("partial_images"))
    async for event in stream_agent_response(context, result, converter=converter):
        yield event
