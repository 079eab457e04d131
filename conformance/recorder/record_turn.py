"""Runs the steps of a turn vector through the official server."""
import asyncio
import json
from typing import Any

import chatkit.agents
import chatkit.server
from chatkit.server import StreamingResult

from .placeholders import Placeholders, literal_times
from .server import RecordingServer, plain
from .store import FailurePlan, MemoryAttachmentStore, MemoryStore
from .times import FrozenDatetime
from .vector import DEFAULT_OWNER, complete_seed, type_first

STEP_SECONDS = 10


class OfficialRefused(Exception):
    """The official SDK raised outside its stream, so there is no reply to record."""


def freeze_clock() -> None:
    chatkit.server.datetime = FrozenDatetime  # type: ignore[attr-defined]
    chatkit.agents.datetime = FrozenDatetime  # type: ignore[attr-defined]


async def read_stream(result: StreamingResult, step: dict[str, Any], at_abort: asyncio.Event) -> bytes:
    chunks: list[bytes] = []
    closes_after = step.get("abort_after_events") if any("close" in op for op in step.get("respond", [])) else None

    async def consume() -> None:
        async for chunk in result:
            chunks.append(chunk)
            if len(chunks) == closes_after:
                await result.json_events.aclose()
                return

    reader = asyncio.create_task(consume())
    abort = asyncio.create_task(at_abort.wait())
    done, _ = await asyncio.wait({reader, abort}, return_when=asyncio.FIRST_COMPLETED, timeout=STEP_SECONDS)
    if not done:
        raise OfficialRefused("the step did not end")
    if reader not in done:
        wanted = step.get("abort_after_events")
        if wanted is not None and wanted != len(chunks):
            raise ValueError(f"abort_after_events is {wanted}, but {len(chunks)} frames were sent before the wait")
        reader.cancel()
    abort.cancel()
    try:
        await reader
    except asyncio.CancelledError:
        pass
    except Exception as error:
        raise OfficialRefused(f"{type(error).__name__} after {len(chunks)} frames") from error
    return b"".join(chunks)


def frames_of(body: bytes) -> list[Any]:
    text = body.decode()
    frames = text.split("\n\n")
    if frames.pop() != "" or any(not frame.startswith("data: ") or "\n" in frame for frame in frames):
        raise ValueError("the official SDK changed its framing")
    return [json.loads(frame.removeprefix("data: ")) for frame in frames]


def request_body(step: dict[str, Any], placeholders: Placeholders) -> bytes:
    if "request_text" in step:
        return str(step["request_text"]).encode()
    return json.dumps(placeholders.fill(step["request"])).encode()


async def run_step(server: RecordingServer, step: dict[str, Any], owner: str, placeholders: Placeholders) -> dict[str, Any]:
    server.step = placeholders.fill({key: value for key, value in step.items() if key not in ("request", "expect")})
    server.called_with = None
    server.at_abort = asyncio.Event()
    files = server.attachment_store
    if isinstance(files, MemoryAttachmentStore):
        files.next_attachment = step.get("create_attachment") or {}
        files.calls.clear()
    try:
        result = await server.process(request_body(step, placeholders), owner)
    except Exception as error:
        raise OfficialRefused(f"{type(error).__name__}: {error}") from error

    raw = "raw" in step.get("expect", {})
    expect: dict[str, Any] = {"status": 200}
    if isinstance(result, StreamingResult):
        body = await read_stream(result, step, server.at_abort)
        expect |= {"raw": body.decode()} if raw else {"events": placeholders.expectation(frames_of(body))}
    else:
        body = result.json
        expect |= {"raw": body.decode()} if raw else {"json": placeholders.expectation(json.loads(body))}
    if "called_with" in step.get("expect", {}):
        called_with = files.calls[0] if isinstance(files, MemoryAttachmentStore) and files.calls else server.called_with
        expect["called_with"] = placeholders.expectation(called_with)
    return expect


def store_contents(store: MemoryStore, owner: str) -> dict[str, Any]:
    rows = [row for row in store.threads.values() if row.owner == owner]
    return {
        "threads": [plain(row.thread) for row in rows],
        "items": {row.thread.id: [plain(item) for item in row.items] for row in rows},
        "attachments": [plain(attachment) for kept_by, attachment in store.attachments.values() if kept_by == owner],
    }


def expected_store(store: MemoryStore, vector: dict[str, Any], placeholders: Placeholders) -> Any:
    owner = vector.get("owner", DEFAULT_OWNER)
    contents = placeholders.expectation(store_contents(store, owner))
    untouched = MemoryStore()
    untouched.seed(complete_seed(vector.get("seed", {})), owner)
    before = placeholders.expectation(store_contents(untouched, owner))
    if contents == before:
        return "unchanged"
    # What was empty and still is need not be spoken of.
    return {part: value for part, value in contents.items() if value or before[part]}


async def record(vector: dict[str, Any]) -> dict[str, Any]:
    """The vector with what the official SDK did as its expectation."""
    freeze_clock()
    options = vector.get("options", {})
    fails = options.get("store_fails_on")
    store = MemoryStore(FailurePlan(**fails) if fails else None)
    owner = vector.get("owner", DEFAULT_OWNER)
    seed = complete_seed(vector.get("seed", {}))
    store.seed(seed, owner)
    files = MemoryAttachmentStore(store) if options.get("attachment_store", True) else None
    server = RecordingServer(store, files, options)
    inputs = [{key: value for key, value in step.items() if key != "expect"} for step in vector["steps"]]
    placeholders = Placeholders(store.generated, literal_times([seed, inputs]))
    steps = []
    for step in vector["steps"]:
        expect = await run_step(server, step, step.get("owner", owner), placeholders)
        steps.append({**step, "expect": expect})
    return {**vector, "steps": steps, "expect_store": type_first(expected_store(store, vector, placeholders))}
