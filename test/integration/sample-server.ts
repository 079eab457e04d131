import { createChatKit, defineActions, type ChatKitServer, type Store, type Uploads } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { z } from 'zod';

export interface SampleServer {
  chatkit: ChatKitServer;
  store: Store;
  feedback: unknown[];
  uploaded: Map<string, string>;
  /** Errors that the app was told of. */
  errors: unknown[];
}

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** An app with every feature, whose responder does what the user's text says. */
export function sampleServer({ store = memoryStore(), bare = false, ...options }: { store?: Store; bare?: boolean; limits?: Parameters<typeof createChatKit>[0]['limits'] } = {}): SampleServer {
  const feedback: unknown[] = [];
  const errors: unknown[] = [];
  const uploaded = new Map<string, string>();
  if (bare) return { chatkit: createChatKit({ store, logger: quiet, ...options, respond: () => undefined }), store, feedback, uploaded, errors };

  const uploads: Uploads = {
    begin: async ({ id, mimeType }) => ({
      descriptor: { url: `https://uploads.example/${id}`, method: 'PUT', headers: { 'content-type': mimeType } },
      previewUrl: `https://uploads.example/${id}/preview`,
      metadata: { secret: 'of the app' },
    }),
    read: async ({ attachmentId }) => new Blob([uploaded.get(attachmentId) ?? '']),
    delete: async ({ attachmentId }) => {
      uploaded.delete(attachmentId);
    },
  };
  const actions = defineActions({
    rename: { payload: z.object({ title: z.string() }) },
    fail: {},
    refresh: { payload: z.object({ text: z.string() }), streaming: false },
    nothing: { streaming: false },
  });
  const chatkit = createChatKit({
    store, uploads, actions, logger: quiet, ...options,
    hooks: { error: (error) => errors.push(error) },
    transcribe: async (audio) => `${audio.type}: ${await audio.text()}`,
    onFeedback: (given) => void feedback.push(given),
    async *respond(turn) {
      switch (turn.userText) {
        case 'call a tool':
          return turn.callClientTool({ name: 'get_selection', arguments: { deep: true, none: null } });
        case 'ask me':
          return turn.askUser([
            { type: 'multiple_choice', id: 'size', question: 'Which size?', options: [{ value: 'S' }, { value: 'L' }], multiple: false },
            { type: 'freeform', id: 'why', question: 'Why?' },
          ]);
        case 'show a widget':
          await turn.sendWidget({ type: 'Card', children: [{ type: 'Text', id: 't', value: 'before' }] });
          return;
        case 'hide something':
          await turn.addHiddenContext('only for the model');
          break;
        case 'lock':
          await turn.updateThread({ status: { type: 'locked', reason: 'for a test' } });
          break;
        case 'title':
          await turn.updateThread({ title: 'A title', metadata: { secret: 'never sent' } });
          break;
        case 'fail':
          throw new Error('internal detail');
      }
      yield `${turn.trigger.type}: `;
      yield turn.userText;
    },
    onAction: {
      rename: async (turn, { payload, sender }) => {
        await turn.sendText(`clicked ${sender?.id === undefined ? 'nothing' : 'a widget'}`);
        return { type: 'Card', children: [{ type: 'Text', value: payload.title }] };
      },
      fail: () => {
        throw new Error('internal detail');
      },
      refresh: (_turn, { payload }) => ({ type: 'Card', children: [{ type: 'Text', value: payload.text }] }),
      nothing: () => undefined,
    },
  });
  return { chatkit, store, feedback, uploaded, errors };
}
