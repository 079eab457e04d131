"""The official server, with its app functions driven by the steps of a vector."""
import base64
from collections.abc import AsyncIterator
from typing import Any

from chatkit.server import ChatKitServer
from chatkit.types import (
    Action,
    AudioInput,
    StreamOptions,
    SyncCustomActionResponse,
    ThreadMetadata,
    ThreadStreamEvent,
    TranscriptionResult,
    UserMessageItem,
    WidgetItem,
)

from .ops import Turn, complete_item, run_ops
from .store import ITEM, MemoryAttachmentStore, MemoryStore


def plain(model: Any) -> Any:
    return None if model is None else model.model_dump(mode="json", exclude_none=True)


class RecordingServer(ChatKitServer[str]):
    def __init__(self, store: MemoryStore, attachment_store: MemoryAttachmentStore | None, options: dict[str, Any]) -> None:
        super().__init__(store, attachment_store)
        self.memory = store
        self.options = options
        self.step: dict[str, Any] = {}
        self.at_abort: Any = None
        self.called_with: dict[str, Any] | None = None

    def turn(self, thread: ThreadMetadata, owner: str) -> Turn:
        return Turn(thread, owner, self.memory, self.at_abort)

    def get_stream_options(self, thread: ThreadMetadata, context: str) -> StreamOptions:
        if self.options.get("stream_options_throw"):
            raise RuntimeError("the stream options failed")
        return StreamOptions(allow_cancel=self.options.get("allow_cancel", True))

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        self.called_with = {"input": plain(input_user_message)}
        async for event in run_ops(self.step.get("respond", []), self.turn(thread, context)):
            yield event

    def action(
        self, thread: ThreadMetadata, action: Action[str, Any], sender: WidgetItem | None, context: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        if "action" not in self.step:
            return super().action(thread, action, sender, context)
        self.called_with = {"action": action.model_dump(mode="json"), "sender": plain(sender)}
        return run_ops(self.step["action"], self.turn(thread, context))

    async def sync_action(
        self, thread: ThreadMetadata, action: Action[str, Any], sender: WidgetItem | None, context: str
    ) -> SyncCustomActionResponse:
        if "sync_action" not in self.step:
            return await super().sync_action(thread, action, sender, context)
        self.called_with = {"action": action.model_dump(mode="json"), "sender": plain(sender)}
        answer = self.step["sync_action"]
        turn = self.turn(thread, context)
        async for _ in run_ops(answer.get("ops", []), turn):
            pass
        item = answer.get("updated_item")
        return SyncCustomActionResponse(updated_item=ITEM.validate_python(complete_item(item, turn)) if item else None)

    async def add_feedback(self, thread_id: str, item_ids: list[str], feedback: Any, context: str) -> None:
        self.called_with = {"thread_id": thread_id, "item_ids": item_ids, "kind": feedback}

    async def transcribe(self, audio_input: AudioInput, context: str) -> TranscriptionResult:
        if "transcribe" not in self.step:
            return await super().transcribe(audio_input, context)
        self.called_with = {
            "audio_base64": base64.b64encode(audio_input.data).decode(),
            "mime_type": audio_input.mime_type,
            "media_type": audio_input.media_type,
        }
        return TranscriptionResult(text=self.step["transcribe"]["text"])
