"""The responder operations of a vector, run by the official SDK's means."""
import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from agents import InputGuardrailTripwireTriggered, ModelRefusalError, OutputGuardrailTripwireTriggered
from chatkit.agents import AgentContext, ClientToolCall
from chatkit.errors import CustomStreamError, StreamError
from chatkit.server import stream_widget
from chatkit.types import (
    ClientEffectEvent,
    ClientToolCallItem,
    HiddenContextItem,
    ProgressUpdateEvent,
    Task,
    ThreadItemDoneEvent,
    ThreadMetadata,
    ThreadStatus,
    ThreadStreamEvent,
    Workflow,
    WorkflowSummary,
)
from chatkit.widgets import WidgetRoot
from pydantic import TypeAdapter

from .store import ITEM, MemoryStore
from .times import FROZEN_NOW, with_naive_times

EVENT = TypeAdapter(ThreadStreamEvent)
WIDGET = TypeAdapter(WidgetRoot)
STATUS = TypeAdapter(ThreadStatus)
TASK = TypeAdapter(Task)
SUMMARY = TypeAdapter(WorkflowSummary)
ABORT_KEYS = ("wait", "cancel", "close")


@dataclass
class Turn:
    """What one call of the app's function works with."""

    thread: ThreadMetadata
    owner: str
    store: MemoryStore
    at_abort: asyncio.Event
    items: dict[str, Any] = field(default_factory=dict)
    """Item objects already yielded, so that an op can change the very same object afterwards."""


def complete_item(item: dict[str, Any], turn: Turn) -> dict[str, Any]:
    return with_naive_times({"thread_id": turn.thread.id, "created_at": FROZEN_NOW.isoformat(), **item})


def parse_event(event: dict[str, Any], turn: Turn) -> Any:
    if isinstance(event.get("item"), dict):
        event = {**event, "item": complete_item(event["item"], turn)}
    parsed = EVENT.validate_python(event)
    if hasattr(parsed, "item"):
        turn.items[parsed.item.id] = parsed.item
    return parsed


def raise_thrown(error: dict[str, Any]) -> None:
    kind = error["kind"]
    retry = error.get("allow_retry")
    if kind == "custom":
        raise CustomStreamError(error.get("message", ""), allow_retry=bool(retry))
    if kind == "stream":
        raise StreamError(error.get("code", "stream.error"), allow_retry=retry)
    if kind == "guardrail":
        tripwire = OutputGuardrailTripwireTriggered if error.get("side") == "output" else InputGuardrailTripwireTriggered
        raise tripwire(SimpleNamespace(guardrail=SimpleNamespace()))  # type: ignore[arg-type]
    if kind == "refusal":
        raise ModelRefusalError(error.get("message", ""))
    raise RuntimeError(error.get("message", "the app failed"))


def set_thread_field(thread: ThreadMetadata, name: str, value: Any) -> None:
    setattr(thread, name, STATUS.validate_python(value) if name == "status" else value)


def set_thread_path(thread: ThreadMetadata, path: str, value: Any) -> None:
    first, *rest = path.split(".")
    if not rest:
        set_thread_field(thread, first, value)
        return
    target = getattr(thread, first)
    for key in rest[:-1]:
        target = target[key]
    target[rest[-1]] = value


def mutate_item(change: dict[str, Any], turn: Turn) -> None:
    """Pushes to a list inside an item that was yielded before, as an app that keeps its objects does."""
    target = turn.items[change["item_id"]]
    *parents, last = change["path"].split(".")
    for name in parents:
        target = getattr(target, name)
    value = change["push"]
    getattr(target, last).append(TASK.validate_python(value) if last == "tasks" else value)


def widget_states(value: Any) -> Any:
    if isinstance(value, dict):
        return WIDGET.validate_python(value)

    async def states() -> AsyncIterator[Any]:
        for state in value:
            yield WIDGET.validate_python(state)

    return states()


def as_progress(value: Any) -> ProgressUpdateEvent:
    return ProgressUpdateEvent(text=value) if isinstance(value, str) else ProgressUpdateEvent.model_validate(value)


def hidden_item(text: str, turn: Turn) -> HiddenContextItem:
    item_id = turn.store.generate_item_id("message", turn.thread, turn.owner)
    turn.store.generated[item_id] = "hidden"
    return HiddenContextItem(id=item_id, thread_id=turn.thread.id, created_at=FROZEN_NOW, content=text)


def client_tool_item(call: dict[str, Any], turn: Turn) -> ClientToolCallItem:
    return ClientToolCallItem(
        id=turn.store.generate_item_id("tool_call", turn.thread, turn.owner),
        call_id=turn.store.generate_item_id("tool_call", turn.thread, turn.owner),
        thread_id=turn.thread.id,
        created_at=FROZEN_NOW,
        name=call["name"],
        arguments=call.get("arguments", {}),
    )


async def run_op(op: dict[str, Any], turn: Turn) -> AsyncIterator[Any]:
    if "yield" in op:
        yield parse_event(op["yield"], turn)
    elif "yield_again" in op:
        again = op["yield_again"]
        yield EVENT.validate_python({"type": again["type"], "item": turn.items[again["item_id"]]})
    elif "mutate" in op:
        mutate_item(op["mutate"], turn)
    elif "set_thread" in op:
        for name, value in op["set_thread"].items():
            set_thread_field(turn.thread, name, value)
    elif "set" in op:
        set_thread_path(turn.thread, op["set"]["path"], op["set"]["value"])
    elif "save_thread" in op:
        await turn.store.save_thread(turn.thread, turn.owner)
    elif "save_item" in op:
        item = ITEM.validate_python(complete_item(op["save_item"], turn))
        await turn.store.save_item(turn.thread.id, item, turn.owner)
    elif "stream_widget" in op:
        def generate(kind: Any) -> str:
            return turn.store.generate_item_id(kind, turn.thread, turn.owner)

        async for event in stream_widget(turn.thread, widget_states(op["stream_widget"]), op.get("copy_text"), generate):
            yield event
    elif "hidden" in op:
        yield ThreadItemDoneEvent(item=hidden_item(op["hidden"], turn))
    elif "progress" in op:
        yield as_progress(op["progress"])
    elif "effect" in op:
        yield ClientEffectEvent.model_validate(op["effect"])
    elif "client_tool" in op:
        yield ThreadItemDoneEvent(item=client_tool_item(op["client_tool"], turn))
    elif "throw" in op:
        raise_thrown(op["throw"])
    elif any(key in op for key in ABORT_KEYS):
        turn.at_abort.set()
        await asyncio.Event().wait()
    elif "agent" in op:
        from .agent_run import run_agent

        async for event in run_agent(op["agent"], turn):
            yield event
    else:
        raise ValueError(f"unknown op {sorted(op)}")


async def run_ops(ops: list[dict[str, Any]], turn: Turn) -> AsyncIterator[Any]:
    for op in ops:
        async for event in run_op(op, turn):
            yield event


async def run_workflow_op(change: dict[str, Any], context: AgentContext[Any]) -> None:
    if "start" in change:
        await context.start_workflow(Workflow.model_validate({"tasks": [], **change["start"]}))
    elif "add_task" in change:
        await context.add_workflow_task(TASK.validate_python(change["add_task"]))
    elif "update_task" in change:
        await context.update_workflow_task(TASK.validate_python(change["update_task"]), change["index"])
    elif "end" in change:
        end = change["end"]
        summary = SUMMARY.validate_python(end["summary"]) if end.get("summary") else None
        await context.end_workflow(summary, end.get("expanded", False))
    else:
        raise ValueError(f"unknown workflow change {sorted(change)}")


async def run_context_op(op: dict[str, Any], turn: Turn, context: AgentContext[Any]) -> None:
    """An op that a tool runs on the agent's context; its events are merged with the model's."""
    if "workflow" in op:
        await run_workflow_op(op["workflow"], context)
    elif "stream_widget" in op:
        await context.stream_widget(widget_states(op["stream_widget"]), op.get("copy_text"))
    elif "client_tool" in op:
        call = op["client_tool"]
        context.client_tool_call = ClientToolCall(name=call["name"], arguments=call.get("arguments", {}))
    else:
        async for event in run_op(op, turn):
            await context.stream(event)
