import { describe, expect, it } from 'vitest';
import { approvalCard } from '../../src/engine/approval-card.js';
import { closedCard } from '../../src/engine/closed-card.js';
import type { Item, ThreadItem, WidgetRoot } from '../../src/protocol/index.js';
import type { InputPart } from '../../src/model-input/model-input-item.js';
import { assistant, assistantItem, convert, image, type Given, item, toolItem, user, userItem } from './sample-conversion.js';

const tag = (text: string, id = text): Item<'user_message'>['content'][number] => ({ type: 'input_tag', id, text, data: {}, interactive: false });
const workflow = (...tasks: Item<'workflow'>['workflow']['tasks']): ThreadItem => item<Item<'workflow'>>({ type: 'workflow', workflow: { type: 'custom', tasks, expanded: false } });
const taskText = (body: string) => user(`The user was shown that this task was performed:\n<Task>\n${body}\n</Task>`);

describe('a user message', () => {
  it('is its texts and tags without separators', async () => {
    const message = userItem('', { content: [{ type: 'input_text', text: 'Ask ' }, tag('Ada'), { type: 'input_text', text: '!' }] });
    const [text] = await convert([message], { converters: { tag: () => null } });
    expect(text).toEqual(user('Ask @Ada!'));
  });

  it('says in particular what was quoted, when it is the last one', async () => {
    const quoting = userItem('Why?', { quoted_text: 'because' });
    expect(await convert([quoting])).toEqual([user('Why?'), user('The user refers to this in particular:\nbecause')]);
    expect(await convert([quoting, assistantItem('x')])).toHaveLength(3);
    expect(await convert([quoting, userItem('And?')])).toEqual([user('Why?'), user('And?')]);
    expect(await convert([userItem('Why?', { quoted_text: '' })])).toEqual([user('Why?')]);
  });

  it('explains each mentioned entity once', async () => {
    const seen: string[] = [];
    const message = userItem('', { content: [tag('Ada', '1'), tag('Bob', '2'), tag('Ada', '3')] });
    const [, context] = await convert([message], { converters: { tag: ({ id, text }): InputPart => {
      seen.push(id);
      return { type: 'input_text', text: `${text} is a person` };
    } } });
    expect(seen).toEqual(['1', '2']);
    expect(context).toMatchObject({ role: 'user', content: [{ text: expect.stringContaining('@-mentions') as string }, { text: 'Ada is a person' }, { text: 'Bob is a person' }] });
  });

  it('needs a converter for tags, and names it', async () => {
    await expect(convert([userItem('', { content: [tag('Ada')] })])).rejects.toThrow('itemConverters.tag');
  });

  it('carries its attachments as the app converts them', async () => {
    const part: InputPart = { type: 'input_image', image: 'https://x.example/i' };
    expect(await convert([userItem('Look', { attachments: [image()] })], { converters: { attachment: () => part } })).toEqual([
      { role: 'user', content: [{ type: 'input_text', text: 'Look' }, part] },
    ]);
  });

  it('carries the bytes of its attachments otherwise', async () => {
    const bytes = 'x'.repeat(100_000);
    const message = userItem('Look', { attachments: [image(), image({ id: 'atc_2', type: 'file', name: 'notes.txt', mime_type: 'text/plain' })] });
    const uploads = { read: async () => new Blob([bytes]) };
    const data = btoa(bytes);
    expect(await convert([message], { uploads })).toEqual([{ role: 'user', content: [
      { type: 'input_text', text: 'Look' },
      { type: 'input_image', image: `data:image/png;base64,${data}` },
      { type: 'input_file', file: `data:text/plain;base64,${data}`, filename: 'notes.txt' },
    ] }]);
  });

  it('gives the files of earlier messages up to a number and a size, the newest first, and reads no more', async () => {
    const read: string[] = [];
    const uploads = { read: async ({ attachmentId }: { attachmentId: string }) => {
      read.push(attachmentId);
      return new Blob(['x'.repeat(10)]);
    } };
    const thread = Array.from({ length: 5 }, (_, index) => userItem(String(index), { attachments: [image({ id: `atc_${String(index)}`, name: `${String(index)}.png` })] }));
    const kinds = async (limits: Given['limits']) => {
      read.length = 0;
      const input = await convert(thread, { uploads, ...(limits && { limits }) });
      return input.map((entry) => ('role' in entry && entry.role === 'user' ? entry.content[1]?.type : null));
    };
    expect(await kinds({ maxHistoryFiles: 2 })).toEqual(['input_text', 'input_text', 'input_image', 'input_image', 'input_image']);
    expect(read.sort()).toEqual(['atc_2', 'atc_3', 'atc_4']);
    expect(await kinds({ maxHistoryFileBytes: 10 })).toEqual(['input_text', 'input_text', 'input_text', 'input_image', 'input_image']);
    expect(await kinds({ maxHistoryFileBytes: 0 })).toEqual(['input_text', 'input_text', 'input_text', 'input_text', 'input_image']);
    expect((await convert(thread, { uploads, limits: { maxHistoryFiles: 0 } }))[0]).toEqual({ role: 'user', content: [
      { type: 'input_text', text: '0' }, { type: 'input_text', text: '[The file "0.png" was given here; its content is no longer shown.]' },
    ] });
  });

  it('says so when the bytes are gone, and names the hook when there is no way to them', async () => {
    const message = userItem('Look', { attachments: [image()] });
    expect(await convert([message], { uploads: { read: async () => null } })).toMatchObject([{ content: [{}, { type: 'input_text', text: '[The file "photo.png" is no longer available.]' }] }]);
    await expect(convert([message])).rejects.toThrow('itemConverters.attachment');
  });
});

describe('each other item', () => {
  const inputs: Item<'structured_input'>['inputs'] = [
    { type: 'freeform', id: 'a', question: 'Why?' },
    { type: 'freeform', id: 'b', question: 'Where?', answer: { values: [], skipped: true } },
    { type: 'multiple_choice', id: 'c', question: 'Which?', options: [], multiple: true, answer: { values: ['S', 'L'], skipped: false } },
  ];
  const cases: [string, ThreadItem, unknown[]][] = [
    ['an assistant message', assistantItem('One', 'Two'), [assistant('One', 'Two')]],
    ['an empty assistant message', assistantItem(), [assistant()]],
    ['a pending tool call', toolItem('pending'), []],
    ['a completed tool call', toolItem('completed', { text: 'x' }), [
      { type: 'function_call', callId: 'call_1', name: 'get_selection', arguments: '{"deep":true}', status: 'completed' },
      { type: 'function_call_result', callId: 'call_1', name: 'get_selection', output: '{"text":"x"}', status: 'completed' },
    ]],
    ['a widget', item<Item<'widget'>>({ type: 'widget', widget: { type: 'Card', size: null, children: [] } as never, copy_text: 'copied' }),
      [user('The widget with id "itm_1" was shown to the user: {"type":"Card","children":[]}')]],
    ['a workflow', workflow({ type: 'custom', title: 'Search', content: 'found 3' }, { type: 'thought', content: 'hm' } as never, { type: 'custom' }, { type: 'custom', content: 'only content' }),
      [taskText('Search: found 3'), taskText('only content')]],
    ['a task', item<Item<'task'>>({ type: 'task', task: { type: 'custom', title: 'Sort' } }), [taskText('Sort')]],
    ['an empty task', item<Item<'task'>>({ type: 'task', task: { type: 'custom', title: '' } }), []],
    ['a question', item<Item<'structured_input'>>({ type: 'structured_input', status: 'answered', inputs }),
      [user('The user was asked for input; it is answered.\n<StructuredInput>\n- Why?: unanswered\n- Where?: skipped\n- Which?: S, L\n</StructuredInput>')]],
    ['hidden context', item<Item<'hidden_context_item'>>({ type: 'hidden_context_item', content: 'secret' }), [user('Context that the user does not see:\n<HiddenContext>\nsecret\n</HiddenContext>')]],
    ['the engine\'s own hidden context', item<Item<'sdk_hidden_context'>>({ type: 'sdk_hidden_context', content: 'stopped' }), [user('Context that the user does not see:\n<HiddenContext>\nstopped\n</HiddenContext>')]],
    ['an agent\'s memory', item<Item<'hidden_context_item'>>({ type: 'hidden_context_item', content: { kind: 'agent_history' } }), []],
    ['a generated image', item<Item<'generated_image'>>({ type: 'generated_image', image: { id: 'i', url: 'https://x.example/i' } }),
      [{ role: 'user', content: [{ type: 'input_text', text: 'This image was generated for the user.' }, { type: 'input_image', image: 'https://x.example/i' }] }]],
    ['an image that never came', item<Item<'generated_image'>>({ type: 'generated_image' }), []],
    ['the end of a turn', item<Item<'end_of_turn'>>({ type: 'end_of_turn' }), []],
    ['an item of a newer version', item<ThreadItem>({ type: 'hologram' } as never), []],
  ];

  it.each(cases)('%s', async (_what, given, expected) => {
    expect(await convert([given])).toEqual(expected);
  });

  it('a completed tool call without an output has null for one', async () => {
    expect((await convert([toolItem('completed')]))[1]).toMatchObject({ output: 'null' });
  });

  it('a card that asks for an approval is told of without its buttons, an app\'s own too', async () => {
    const cards: [WidgetRoot, string][] = [
      [approvalCard({ id: 'apr_1', title: 'Pay?', details: { amount: 5 } }), '{"type":"Card","size":"sm","children":[{"type":"Title","value":"Pay?","size":"sm"},{"type":"Caption","value":"amount: 5"}]}'],
      [approvalCard({ id: 'apr_1', title: '', widget: ({ approve, reject }) => ({
        type: 'Card', confirm: { label: 'Yes', action: approve }, cancel: { label: 'No', action: reject }, children: [{ type: 'Text', value: 'Pay?' }],
      }) }), '{"type":"Card","children":[{"type":"Text","value":"Pay?"}]}'],
    ];
    for (const [widget, text] of cards) {
      expect(await convert([item<Item<'widget'>>({ type: 'widget', widget })])).toEqual([user(`The user was asked for approval by this card, and has not decided: ${text}`)]);
    }
  });

  it('a card that was decided says so', async () => {
    const [entry] = await convert([item<Item<'widget'>>({ type: 'widget', widget: closedCard(approvalCard({ id: 'apr_1', title: 'Pay?' }), 'approved') })]);
    expect(JSON.stringify(entry)).toContain('Approved');
    expect(JSON.stringify(entry)).not.toContain('apr_1');
  });

  it('a generated image in a data URL counts as a file of the conversation does', async () => {
    const images = ['data:image/png;base64,AAAA', 'data:image/png;base64,BBBB', 'https://x.example/i'].map((url, index) =>
      ({ ...item<Item<'generated_image'>>({ type: 'generated_image', image: { id: String(index), url } }), id: `img_${String(index)}` }));
    const input = await convert(images, { limits: { maxHistoryFiles: 1 } });
    expect(input.map((entry) => ('role' in entry && entry.role === 'user' ? entry.content[1] : null))).toEqual([
      { type: 'input_text', text: '[The image is no longer shown.]' }, { type: 'input_image', image: 'data:image/png;base64,BBBB' }, { type: 'input_image', image: 'https://x.example/i' },
    ]);
  });

  it('what the engine keeps in the thread for itself is not given to the app\'s converters', async () => {
    const records = ['agent_history', 'conversation_summary'].map((kind) => item<Item<'hidden_context_item'>>({ type: 'hidden_context_item', content: { kind } }));
    expect(await convert(records, { converters: { hidden_context_item: () => [user('a note')] } })).toEqual([]);
  });

  it.each([[{ structured: true }], [null], [12]])('hidden context of %j needs a converter, and names it', async (content) => {
    await expect(convert([item<Item<'hidden_context_item'>>({ type: 'hidden_context_item', content })])).rejects.toThrow('itemConverters.hidden_context_item');
  });

  it('is what the app makes of it, in order', async () => {
    const converters = { widget: () => null, end_of_turn: () => [user('the end')], assistant_message: async () => [user('said')] };
    expect(await convert([assistantItem('x'), cases[4]?.[1] ?? assistantItem(), item<Item<'end_of_turn'>>({ type: 'end_of_turn' })], { converters })).toEqual([user('said'), user('the end')]);
  });
});
