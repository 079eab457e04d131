"""In-memory stores for the official server, with the ordering and paging that its documentation asks of a store."""
from dataclasses import dataclass, field
from typing import Any, Literal

from chatkit.store import AttachmentStore, NotFoundError, Store, StoreItemType, default_generate_id
from chatkit.types import Attachment, AttachmentCreateParams, Page, ThreadItem, ThreadMetadata
from pydantic import TypeAdapter

from .times import with_naive_times

ITEM = TypeAdapter(ThreadItem)
ATTACHMENT = TypeAdapter(Attachment)


@dataclass
class StoredThread:
    owner: str
    thread: ThreadMetadata
    items: list[Any] = field(default_factory=list)


@dataclass
class FailurePlan:
    """Makes the nth call of one method fail, as a broken database would."""

    call: str
    nth: int
    seen: int = 0

    def count(self, call: str) -> None:
        if call != self.call:
            return
        self.seen += 1
        if self.seen == self.nth:
            raise RuntimeError(f"the store failed in {call}")


def page_of(records: list[Any], limit: int, after: str | None, order: str) -> Page[Any]:
    ordered = records if order == "asc" else records[::-1]
    start = 0
    if after is not None:
        ids = [record.id for record in ordered]
        if after not in ids:
            raise NotFoundError(f"unknown cursor {after}")
        start = ids.index(after) + 1
    data = ordered[start : start + limit]
    has_more = start + limit < len(ordered)
    return Page(
        data=[record.model_copy(deep=True) for record in data],
        has_more=has_more,
        after=data[-1].id if has_more and data else None,
    )


class MemoryStore(Store[str]):
    """Everything is scoped by the context, which is the owner's id. Adding a known item id keeps its place."""

    def __init__(self, failure: FailurePlan | None = None) -> None:
        self.threads: dict[str, StoredThread] = {}
        self.attachments: dict[str, tuple[str, Any]] = {}
        self.generated: dict[str, str] = {}
        self.failure = failure

    def _fail(self, call: str) -> None:
        if self.failure:
            self.failure.count(call)

    def remember(self, kind: StoreItemType) -> str:
        generated = default_generate_id(kind)
        self.generated[generated] = kind
        return generated

    def seed(self, seed: dict[str, Any], owner: str) -> None:
        for record in seed["threads"]:
            self.threads[record["id"]] = StoredThread(owner, ThreadMetadata.model_validate(with_naive_times(record)))
        for thread_id, items in seed["items"].items():
            self.threads[thread_id].items = [ITEM.validate_python(with_naive_times(item)) for item in items]
        for record in seed["attachments"]:
            self.attachments[record["id"]] = (owner, ATTACHMENT.validate_python(record))

    def _row(self, thread_id: str, owner: str) -> StoredThread:
        row = self.threads.get(thread_id)
        if row is None or row.owner != owner:
            raise NotFoundError(f"thread {thread_id} not found")
        return row

    def generate_thread_id(self, context: str) -> str:
        return self.remember("thread")

    def generate_item_id(self, item_type: StoreItemType, thread: ThreadMetadata, context: str) -> str:
        return self.remember(item_type)

    async def load_thread(self, thread_id: str, context: str) -> ThreadMetadata:
        self._fail("loadThread")
        return self._row(thread_id, context).thread.model_copy(deep=True)

    async def save_thread(self, thread: ThreadMetadata, context: str) -> None:
        self._fail("saveThread")
        # A thread that the server has just created carries an `items` page too; a store keeps the record alone.
        record = ThreadMetadata.model_validate(thread.model_dump(exclude={"items"}))
        if thread.id in self.threads:
            self._row(thread.id, context).thread = record
        else:
            self.threads[thread.id] = StoredThread(context, record)

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: str
    ) -> Page[ThreadItem]:
        self._fail("loadItems")
        row = self.threads.get(thread_id)
        items = row.items if row and row.owner == context else []
        return page_of(items, limit, after, order)

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: str) -> None:
        self._fail("addItem")
        self._put(thread_id, item, context)

    async def save_item(self, thread_id: str, item: ThreadItem, context: str) -> None:
        self._fail("saveItem")
        self._put(thread_id, item, context)

    def _put(self, thread_id: str, item: Any, owner: str) -> None:
        items = self._row(thread_id, owner).items
        copy = item.model_copy(deep=True)
        for position, existing in enumerate(items):
            if existing.id == item.id:
                items[position] = copy
                return
        items.append(copy)

    async def load_item(self, thread_id: str, item_id: str, context: str) -> ThreadItem:
        self._fail("loadItem")
        for item in self._row(thread_id, context).items:
            if item.id == item_id:
                return item.model_copy(deep=True)
        raise NotFoundError(f"item {item_id} not found")

    async def delete_thread_item(self, thread_id: str, item_id: str, context: str) -> None:
        self._fail("deleteItem")
        row = self._row(thread_id, context)
        row.items = [item for item in row.items if item.id != item_id]

    async def delete_thread(self, thread_id: str, context: str) -> None:
        self._fail("deleteThread")
        self._row(thread_id, context)
        del self.threads[thread_id]

    async def load_threads(self, limit: int, after: str | None, order: str, context: str) -> Page[ThreadMetadata]:
        self._fail("loadThreads")
        owned = [row.thread for row in self.threads.values() if row.owner == context]
        return page_of(sorted(owned, key=lambda thread: thread.created_at), limit, after, order)

    async def save_attachment(self, attachment: Attachment, context: str) -> None:
        self._fail("saveAttachment")
        self.attachments[attachment.id] = (context, attachment.model_copy(deep=True))

    async def load_attachment(self, attachment_id: str, context: str) -> Attachment:
        self._fail("loadAttachment")
        owner, attachment = self.attachments.get(attachment_id, (None, None))
        if attachment is None or owner != context:
            raise NotFoundError(f"attachment {attachment_id} not found")
        return attachment.model_copy(deep=True)

    async def delete_attachment(self, attachment_id: str, context: str) -> None:
        self._fail("deleteAttachment")
        await self.load_attachment(attachment_id, context)
        del self.attachments[attachment_id]


class MemoryAttachmentStore(AttachmentStore[str]):
    """Hands out the attachment that the vector's step gives."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.next_attachment: dict[str, Any] = {}
        self.calls: list[dict[str, Any]] = []

    async def create_attachment(self, input: AttachmentCreateParams, context: str) -> Attachment:
        self.calls.append(input.model_dump())
        kind: Literal["image", "file"] = "image" if input.mime_type.startswith("image/") else "file"
        defaults = {"id": self.store.remember("attachment"), "name": input.name, "mime_type": input.mime_type, "type": kind}
        return ATTACHMENT.validate_python({**defaults, **self.next_attachment})

    async def delete_attachment(self, attachment_id: str, context: str) -> None:
        self.calls.append({"attachment_id": attachment_id})
