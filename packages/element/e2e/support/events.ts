import type { Reply, WireEvent } from './protocol-server.js';

/** An assistant message streamed in pieces. */
export function* streamText(reply: Reply, text: string, pieceLength = 12): Generator<WireEvent> {
  const item = reply.item('assistant_message', { content: [] });
  yield { type: 'thread.item.added', item };
  const part = { type: 'output_text', text: '', annotations: [] };
  yield { type: 'thread.item.updated', item_id: item.id, update: { type: 'assistant_message.content_part.added', content_index: 0, content: part } };
  for (let index = 0; index < text.length; index += pieceLength) {
    yield { type: 'thread.item.updated', item_id: item.id, update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text.slice(index, index + pieceLength) } };
  }
  const content = { ...part, text };
  yield { type: 'thread.item.updated', item_id: item.id, update: { type: 'assistant_message.content_part.done', content_index: 0, content } };
  yield { type: 'thread.item.done', item: { ...item, content: [content] } };
}

export function done(reply: Reply, type: string, fields: Record<string, unknown>): WireEvent {
  return { type: 'thread.item.done', item: reply.item(type, fields) };
}

/** Something a test opens when the stream may go on. */
export class Gate {
  readonly passed: Promise<void>;
  open: () => void = () => undefined;

  constructor() {
    this.passed = new Promise((resolve) => (this.open = resolve));
  }
}
