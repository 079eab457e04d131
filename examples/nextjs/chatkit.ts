import { createChatKit, defineResponseTypes } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { z } from 'zod';

const responseTypes = defineResponseTypes({
  item_list: { schema: z.object({ items: z.array(z.string()) }), message: ({ items }) => `In stock: ${items.join(', ')}.` },
});

function create() {
  return createChatKit({
    store: memoryStore(),
    responseTypes,
    // Your model goes here: yield its text as it comes, and give it the signal, so that Stop stops it.
    async *respond(turn) {
      if (/inventory/i.test(turn.userText)) return turn.reply({ type: 'item_list', data: { items: ['sugar', 'rice'] } });
      if (process.env.MODEL_URL) {
        const { body } = await fetch(process.env.MODEL_URL, { method: 'POST', body: turn.userText, signal: turn.signal });
        if (body) yield* body.pipeThrough(new TextDecoderStream());
        return;
      }
      yield 'You said: ';
      yield turn.userText;
    },
  });
}

/** One for the process: while developing, Next.js loads this module again after each change. */
const held = globalThis as { chatkit?: ReturnType<typeof create> };
export const chatkit = (held.chatkit ??= create());
