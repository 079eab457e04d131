import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineResponseTypes, InvalidReplyError, type Turn, type WidgetRoot } from '../../src/index.js';
import type { AnyReply } from '../../src/response/response-types.js';
import { runTurn, userMessage } from '../agents/run-turn.js';
import { card, widget } from '../runs/client-state.js';
import { streamedText, texts, typesOf } from './chat-server.js';

const responseTypes = defineResponseTypes({
  item: { schema: z.object({ sku: z.string() }), widget: ({ sku }) => card(sku), message: ({ sku }) => `Made ${sku}.` },
  plain: { schema: z.object({ n: z.number() }) },
});
const reply = (turn: Turn): ((reply: AnyReply) => Promise<void>) => turn.reply as (reply: AnyReply) => Promise<void>;

describe('the turn', () => {
  it('says nothing of itself in JSON, and nothing when it is spread', async () => {
    await runTurn({ respond: (turn) => {
      expect(JSON.stringify(turn)).toBe('{}');
      expect(JSON.stringify({ context: turn })).toBe('{"context":{}}');
      expect(Object.keys(turn)).toEqual([]);
      expect({ ...turn }).toEqual({});
    } });
  });

  it('has its facts', async () => {
    await runTurn({ message: 'Hello', respond: ({ context, userText, message, trigger, locale, requestId, runId, session, thread, signal }) => {
      expect({ context, userText, locale, requestId, runId, session }).toEqual({ context: { ownerId: 'owner' }, userText: 'Hello', locale: 'en', requestId: 'req_1', runId: 'run_1', session: null });
      expect(trigger).toMatchObject({ type: 'message', message });
      expect(thread.id).toBe('thr_1');
      expect(signal.aborted).toBe(false);
    } });
  });

  it('works when it is taken apart', async () => {
    const { items, error } = await runTurn({ respond: async ({ sendText, items: list, newId, modelInput }) => {
      await sendText('Hello');
      expect((await list({ limit: 1 })).data).toMatchObject([{ type: 'assistant_message' }]);
      expect(newId('task')).toMatch(/^tsk_[0-9a-f]{32}$/);
      expect(await modelInput()).toBe(await modelInput());
    } });
    expect(error).toBeNull();
    expect(texts(items)).toContain('Hello');
  });
});

describe('sendText', () => {
  it('stores and shows a whole text with its annotations', async () => {
    const annotations = [{ type: 'annotation' as const, source: { type: 'url' as const, url: 'https://x.example', title: 'X' }, index: 2 }];
    const { items, events } = await runTurn({ respond: async (turn) => {
      expect(await turn.sendText('Hello', { annotations })).toMatchObject({ type: 'assistant_message', thread_id: 'thr_1', content: [{ text: 'Hello' }] });
    } });
    expect(items.at(-1)).toMatchObject({ content: [{ text: 'Hello', annotations }] });
    expect(typesOf(events)).toEqual(['thread.item.done']);
  });

  it('streams a text that comes in pieces', async () => {
    const { items, events } = await runTurn({ respond: async (turn) => {
      const sent = await turn.sendText((async function* () {
        yield 'Hel';
        yield 'lo';
      })());
      expect(sent.content[0]?.text).toBe('Hello');
    } });
    expect(streamedText(events)).toBe('Hello');
    expect(texts(items).at(-1)).toBe('Hello');
  });

  it('makes nothing of a stream without text', async () => {
    const { items } = await runTurn({ respond: async (turn) => {
      await turn.sendText((async function* () {})());
    } });
    expect(items).toHaveLength(1);
  });
});

describe('widgets', () => {
  it('are sent, and change while they stream', async () => {
    const { items, events } = await runTurn({ respond: async (turn) => {
      const { itemId } = await turn.sendWidget((async function* (): AsyncGenerator<WidgetRoot> {
        yield card('one');
        yield card('two');
      })(), { copyText: 'copy' });
      expect((await turn.items({ limit: 1 })).data[0]?.id).toBe(itemId);
    } });
    expect(items.at(-1)).toMatchObject({ type: 'widget', widget: card('two'), copy_text: 'copy' });
    expect(typesOf(events)).toEqual(['thread.item.added', 'thread.item.updated', 'thread.item.done']);
  });

  it('of earlier turns are updated in the store and in the page', async () => {
    const { items, events } = await runTurn({ items: [widget('old', 'a')], respond: (turn) => turn.updateWidget({ itemId: 'old', widget: card('b') }) });
    expect(items.find(({ id }) => id === 'old')).toMatchObject({ widget: card('b') });
    expect(events).toMatchObject([{ type: 'thread.item.updated', item_id: 'old', update: { type: 'widget.root.updated' } }]);
  });

  it('that are still open are updated in the page, and stored with their end', async () => {
    const { items } = await runTurn({ respond: async (turn) => {
      await turn.emit({ type: 'thread.item.added', item: { type: 'widget', id: 'open', widget: card('a') } });
      await turn.updateWidget({ itemId: 'open', widget: card('b') });
      expect(await turn.items()).toMatchObject({ data: [{ type: 'user_message' }] });
    } });
    expect(items).toHaveLength(1);
  });

  it('that are none can\'t be updated', async () => {
    const { error } = await runTurn({ respond: (turn) => turn.updateWidget({ itemId: 'nope', widget: card('b') }) });
    expect(error).toMatchObject({ message: 'There is no widget with this id in the thread.' });
  });
});

describe('notes to the page', () => {
  it('are sent and not stored', async () => {
    const { events, items } = await runTurn({ respond: (turn) => {
      turn.sendProgress({ text: 'p', icon: 'search' });
      turn.sendNotice({ level: 'warning', message: 'n', title: 't' });
      turn.sendEffect({ name: 'scroll' });
      turn.sendEffect({ name: 'open', data: { id: 1 } });
    } });
    expect(events).toEqual([
      { type: 'progress_update', text: 'p', icon: 'search' }, { type: 'notice', level: 'warning', message: 'n', title: 't' },
      { type: 'client_effect', name: 'scroll', data: {} }, { type: 'client_effect', name: 'open', data: { id: 1 } },
    ]);
    expect(items).toHaveLength(1);
  });

  it('hidden context is stored and not sent', async () => {
    const { events, items } = await runTurn({ respond: (turn) => turn.addHiddenContext('secret') });
    expect(items.at(-1)).toMatchObject({ type: 'hidden_context_item', content: 'secret' });
    expect(events).toEqual([]);
  });
});

describe('questions to the page', () => {
  it('a client tool call is pending', async () => {
    const { items } = await runTurn({ respond: async (turn) => {
      await turn.callClientTool({ name: 'a' });
      await turn.callClientTool({ name: 'b', arguments: { x: 1 }, callId: 'call_1', itemId: 'item_1' });
    } });
    expect(items.slice(1)).toMatchObject([{ status: 'pending', name: 'a', arguments: {} }, { id: 'item_1', call_id: 'call_1', name: 'b', arguments: { x: 1 } }]);
  });

  it('a question is pending, without answers', async () => {
    const { items } = await runTurn({ respond: (turn) => turn.askUser([{ type: 'freeform', id: 'q', question: 'Why?', answer: { values: ['x'], skipped: false } }]) });
    expect(items.at(-1)).toMatchObject({ type: 'structured_input', status: 'pending', inputs: [{ id: 'q', question: 'Why?' }] });
    expect(JSON.stringify(items)).not.toContain('answer');
  });

  it('an approval shows its details and keeps its state to itself', async () => {
    const details = [undefined, null, 'as text', 12, { amount: 5, to: 'Ada' }];
    const { items, events } = await runTurn({ respond: async (turn) => {
      for (const detail of details) await turn.requestApproval({ title: 'Pay?', details: detail, state: 'secret state' });
    } });
    const shown = items.slice(1).map((item) => JSON.stringify(item));
    expect(shown.map((text) => [...text.matchAll(/"type":"(?:Text|Caption)","value":"([^"]*)"/g)].map(([, value]) => value))).toEqual([[], [], ['as text'], ['12'], ['amount: 5', 'to: Ada']]);
    expect(shown.every((text) => text.includes('"chatkit.approve"') && text.includes('"chatkit.reject"'))).toBe(true);
    expect(JSON.stringify(events)).not.toContain('secret state');
  });

  it('an approval may have a card of its own', async () => {
    const { items } = await runTurn({ respond: (turn) => turn.requestApproval({ title: 'Pay?', state: '', widget: ({ approve, reject }) => ({ type: 'Card', confirm: { label: 'Yes', action: approve }, cancel: { label: 'No', action: reject }, children: [] }) }) });
    expect(items.at(-1)).toMatchObject({ widget: { confirm: { action: { type: 'chatkit.approve', payload: { approval_id: expect.stringMatching(/^apr_/) as string } } } } });
  });
});

describe('reply', () => {
  it('is validated, stored and shown as its widget', async () => {
    const { items } = await runTurn({ responseTypes, respond: (turn) => reply(turn)({ type: 'item', data: { sku: 'S' } }) });
    expect(items.at(-1)).toMatchObject({ type: 'widget', widget: card('S'), copy_text: 'Made S.' });
  });

  it('without a widget shows nothing by itself', async () => {
    const { items, events } = await runTurn({ responseTypes, respond: (turn) => reply(turn)({ type: 'plain', data: { n: 1 } }) });
    expect([items.length, events.length]).toEqual([1, 0]);
  });

  it('throws when it does not fit, and shows nothing', async () => {
    const { error, items } = await runTurn({ responseTypes, respond: (turn) => reply(turn)({ type: 'item', data: {} }) });
    expect(error).toBeInstanceOf(InvalidReplyError);
    expect(items).toHaveLength(1);
  });
});

describe('startWorkflow', () => {
  it('is announced with its first task, and stored when it ends', async () => {
    const seen: unknown[] = [];
    const { events, items } = await runTurn({ onEvent: (event) => seen.push(event), respond: async (turn) => {
      const workflow = turn.startWorkflow({ title: 'Search', icon: 'search' });
      expect(seen).toEqual([]);
      const first = workflow.addTask({ type: 'custom', title: 'one' });
      workflow.addTask({ type: 'custom', title: 'two' });
      first.update({ type: 'custom', title: 'ONE' });
      await workflow.end({ expanded: true });
      first.update({ type: 'custom', title: 'too late' });
      expect(() => workflow.addTask({ type: 'custom', title: 'x' })).toThrow('has ended');
      await workflow.end();
    } });
    expect(typesOf(events)).toEqual(['thread.item.added', 'thread.item.updated', 'thread.item.updated', 'thread.item.done']);
    expect(items.at(-1)).toMatchObject({ type: 'workflow', workflow: { summary: { title: 'Search', icon: 'search' }, expanded: true, tasks: [{ title: 'ONE' }, { title: 'two' }] } });
  });

  it('says how long it took when it has no other summary', async () => {
    let time = 0;
    const { items } = await runTurn({ now: () => new Date(time), respond: async (turn) => {
      await using workflow = turn.startWorkflow();
      workflow.addTask({ type: 'custom', title: 'one' });
      time += 3_900;
    } });
    expect(items.at(-1)).toMatchObject({ workflow: { summary: { duration: 3 }, expanded: false } });
  });

  it('ends before the text that follows, and before the next one', async () => {
    const { items } = await runTurn({ respond: async (turn) => {
      turn.startWorkflow({ title: 'a' }).addTask({ type: 'custom', title: 'one' });
      await turn.sendText('text');
      turn.startWorkflow({ title: 'b' }).addTask({ type: 'custom', title: 'two' });
      turn.startWorkflow({ title: 'c' }).addTask({ type: 'custom', title: 'three' });
    } });
    expect(items.slice(1).map((item) => (item.type === 'workflow' ? item.workflow.summary : item.type))).toEqual([{ title: 'a' }, 'assistant_message', { title: 'b' }, { title: 'c' }]);
  });

  it('without tasks leaves nothing, unless it is thinking', async () => {
    const { items } = await runTurn({ respond: async (turn) => {
      await turn.startWorkflow().end();
      turn.startWorkflow({ type: 'reasoning' });
    } });
    expect(items.slice(1)).toMatchObject([{ type: 'workflow', workflow: { type: 'reasoning', tasks: [] } }]);
  });

  it('comes before a call of the page as it is so far', async () => {
    const { items } = await runTurn({ respond: async (turn) => {
      turn.startWorkflow({ title: 'a' }).addTask({ type: 'custom', title: 'one' });
      await turn.callClientTool({ name: 'x' });
    } });
    expect(items.slice(1).map(({ type }) => type)).toEqual(['workflow', 'client_tool_call']);
  });
});

it('has no message of the user when it answers something else', async () => {
  await runTurn({ trigger: { type: 'action', sender: null }, message: '', respond: ({ message, userText }) => {
    expect([message, userText]).toEqual([null, '']);
  } });
  await runTurn({ retry: userMessage('again'), message: 'again', respond: ({ message }) => expect(message).toMatchObject({ type: 'user_message' }) as unknown as undefined });
});
