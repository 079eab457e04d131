import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { Turn } from '../../src/app-types.js';
import { createChatKit } from '../../src/engine/create-chatkit.js';
import type { Store } from '../../src/store/index.js';
import { authenticate, call, gate, input, quiet } from './app.js';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
process.on('unhandledRejection', note);
afterEach(() => void unhandled.splice(0));
afterAll(() => void process.off('unhandledRejection', note));

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('what a responder does not wait for', () => {
  it.each<[string, (turn: Turn) => unknown]>([
    ['updateThread', (turn) => turn.updateThread({ title: 'Late' })], ['sendText', (turn) => turn.sendText('Late.')], ['emit', (turn) => turn.emit({ type: 'end_of_turn' } as never)],
    ['startWorkflow', (turn) => turn.startWorkflow().end()],
  ])('does no harm after the end of the turn, and is logged: %s', async (_name, late) => {
    const warn = vi.fn();
    const [ended, called] = [gate(), gate()];
    const chatkit = createChatKit({
      store: memoryStore(), authenticate, logger: { ...quiet, warn },
      respond: (turn) => {
        void ended.opened.then(() => {
          void late(turn);
          called.open();
        });
      },
    });
    await call(chatkit, 'threads.create', { input: input('hi') });
    ended.open();
    await called.opened;
    await settle();
    expect(unhandled).toEqual([]);
    expect(warn).toHaveBeenCalledOnce();
  });

  it('does no harm when the store fails, and tells whoever does wait', async () => {
    const memory = memoryStore();
    const threads: Store['threads'] = { ...memory.threads, write: async (scope, change) => {
      if (change.put?.some((item) => item.type === 'assistant_message')) throw new Error('away');
      return memory.threads.write(scope, change);
    } };
    let told: unknown;
    const chatkit = createChatKit({
      store: { ...memory, threads }, authenticate, logger: quiet,
      respond: async (turn) => {
        void turn.sendText('one');
        told = await turn.sendText('two').catch((error: unknown) => error);
      },
    });
    await call(chatkit, 'threads.create', { input: input('hi') });
    await settle();
    expect(unhandled).toEqual([]);
    expect(told).toMatchObject({ message: 'away' });
  });
});
