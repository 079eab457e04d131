import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDeltas } from '../../src/chat/text-deltas.js';
import type { ThreadStreamEvent } from '../../src/protocol/index.js';
import { EventLog } from '../../src/runs/event-log.js';
import { anyCharacter } from '../../src/testing/any-character.js';
import { delta, message, widget } from '../runs/client-state.js';

function take(...batches: ThreadStreamEvent[][]): string {
  const deltas = new TextDeltas();
  return batches.map((events) => deltas.take(events.map((event, index) => ({ seq: index, json: JSON.stringify(event) })))).join('');
}

const added = (id: string, ...texts: string[]): ThreadStreamEvent => ({ type: 'thread.item.added', item: message(id, ...texts) });
const done = (id: string, ...texts: string[]): ThreadStreamEvent => ({ type: 'thread.item.done', item: message(id, ...texts) });

describe('TextDeltas', () => {
  it('gives streamed text once, though the whole message follows', () => {
    expect(take([added('a'), delta('a', 'Hel')], [delta('a', 'lo'), done('a', 'Hello')])).toBe('Hello');
  });

  it('gives a message that was not streamed', () => {
    expect(take([done('a', 'Hello')])).toBe('Hello');
  });

  it('gives what a snapshot has beyond what was given', () => {
    expect(take([added('a'), delta('a', 'Hel')], [added('a', 'Hello wor')], [delta('a', 'ld'), done('a', 'Hello world')])).toBe('Hello world');
  });

  it('separates messages like paragraphs', () => {
    expect(take([done('a', 'One'), delta('b', 'Two'), done('b', 'Two')])).toBe('One\n\nTwo');
  });

  it('separates the parts of a message in the same way', () => {
    expect(take([added('a'), delta('a', 'One'), delta('a', 'Two', 1), done('a', 'One', 'Two')])).toBe('One\n\nTwo');
    expect(take([done('a', 'One', 'Two')])).toBe('One\n\nTwo');
  });

  it('gives what follows a reply that was taken out of the text', () => {
    expect(take([delta('a', '  Here:\n\n\n'), done('a', 'Here:\n\nAnything else?')])).toBe('  Here:\n\n\nAnything else?');
  });

  it('appends nothing when a message ends as something else', () => {
    expect(take([delta('a', 'Hello'), done('a', 'Bye')])).toBe('Hello');
  });

  it('is silent about all else', () => {
    expect(take([added('a'), delta('a', ''), { type: 'thread.item.done', item: widget('w', 'assistant_message') },
      { type: 'thread.item.updated', item_id: 'a', update: { type: 'assistant_message.content_part.done', content_index: 0, content: { type: 'output_text', text: 'x', annotations: [] } } },
      { type: 'progress_update', text: 'assistant_message' }])).toBe('');
  });

  it('gives every character once, wherever the log was folded meanwhile', () => {
    const part = fc.string({ minLength: 1, maxLength: 6, unit: anyCharacter(fc) });
    fc.assert(
      fc.property(fc.array(fc.array(part, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 }), fc.nat(30), fc.integer({ min: 1, max: 4 }), (messages, firstRead, maxEvents) => {
        const events = messages.flatMap((pieces, index) => {
          const id = `m${String(index)}`;
          return [added(id), ...pieces.map((piece) => delta(id, piece)), done(id, pieces.join(''))];
        });
        const log = new EventLog({ maxEvents });
        const deltas = new TextDeltas();
        let text = '';
        let cursor = 0;
        events.forEach((event, index) => {
          log.push(JSON.stringify(event));
          if (index === firstRead) {
            text += deltas.take(log.between(cursor, log.lastSeq));
            cursor = log.lastSeq;
          }
          log.compact(log.lastSeq);
        });
        text += deltas.take(log.between(cursor, log.lastSeq));
        expect(text).toBe(messages.map((pieces) => pieces.join('')).join('\n\n'));
      }),
      { numRuns: 1_000 },
    );
  });
});
