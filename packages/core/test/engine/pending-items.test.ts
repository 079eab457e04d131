import { describe, expect, it } from 'vitest';
import { applyItemUpdate, PendingItems } from '../../src/engine/pending-items.js';
import type { Annotation, Item, Task, ThreadItem, ThreadItemUpdate } from '../../src/protocol/index.js';
import { message, widget } from '../runs/client-state.js';

const part = (text: string, annotations: Annotation[] = []): Item<'assistant_message'>['content'][number] => ({ type: 'output_text', text, annotations });
const annotation = (title: string): Annotation => ({ type: 'annotation', source: { type: 'url', url: 'https://x.example', title } });
const task = (title: string): Task => ({ type: 'custom', title });
const workflow = (...tasks: Task[]): Item<'workflow'> => ({ type: 'workflow', id: 'w', thread_id: 't', created_at: 'c', workflow: { type: 'custom', tasks, expanded: false } });

function after<T extends ThreadItem>(item: T, ...updates: ThreadItemUpdate[]): T {
  for (const update of updates) applyItemUpdate(item, update);
  return item;
}

describe('an assistant message', () => {
  it('grows by deltas, with empty parts up to the one that is named', () => {
    const item = after(message('m'), { type: 'assistant_message.content_part.text_delta', content_index: 2, delta: 'a' }, { type: 'assistant_message.content_part.text_delta', content_index: 2, delta: 'b' });
    expect(item.content).toEqual([part(''), part(''), part('ab')]);
  });

  it.each(['added', 'done'] as const)('gets a part replaced when it is %s', (what) => {
    expect(after(message('m', 'x'), { type: `assistant_message.content_part.${what}`, content_index: 0, content: part('whole') }).content).toEqual([part('whole')]);
  });

  it('gets annotations at their index, or at the end', () => {
    const at = (annotation_index: number, title: string): ThreadItemUpdate => ({ type: 'assistant_message.content_part.annotation_added', content_index: 0, annotation_index, annotation: annotation(title) });
    const item = after(message('m', 'x'), at(0, 'b'), at(0, 'a'), at(99, 'd'), at(2, 'c'), at(-5, 'first'));
    expect(item.content[0]?.annotations.map(({ source }) => source.title)).toEqual(['first', 'a', 'b', 'c', 'd']);
  });

  it.each([-1, 1_000, 1e9])('ignores part %s', (content_index) => {
    expect(after(message('m', 'x'), { type: 'assistant_message.content_part.text_delta', content_index, delta: 'y' })).toEqual(message('m', 'x'));
  });

  it('ignores updates of other kinds', () => {
    expect(after(message('m', 'x'), { type: 'workflow.task.added', task_index: 0, task: task('t') })).toEqual(message('m', 'x'));
  });
});

describe('a workflow', () => {
  it('gets tasks appended, whatever index they name, and replaced', () => {
    const item = after(workflow(task('a')), { type: 'workflow.task.added', task_index: 7, task: task('b') }, { type: 'workflow.task.updated', task_index: 0, task: task('A') });
    expect(item.workflow.tasks).toEqual([task('A'), task('b')]);
  });

  it('ignores a task that it does not have', () => {
    expect(after(workflow(task('a')), { type: 'workflow.task.updated', task_index: 1, task: task('x') }, { type: 'workflow.task.updated', task_index: -1, task: task('x') })).toEqual(workflow(task('a')));
  });
});

describe('a widget', () => {
  const nested = (): Item<'widget'> => ({ ...widget('w', ''), widget: { type: 'Card', children: [{ type: 'Col', children: [{ type: 'Text', id: 'deep', value: 'a' }] }, 'odd', null] } as never });

  it('is replaced, or one of its components is, however deep', () => {
    expect(after(widget('w', 'a'), { type: 'widget.root.updated', widget: { type: 'Card', children: [] } }).widget).toEqual({ type: 'Card', children: [] });
    const replaced = after(nested(), { type: 'widget.component.updated', component_id: 'deep', component: { type: 'Title', id: 'deep', value: 'b' } });
    expect(JSON.stringify(replaced.widget)).toContain('{"type":"Title","id":"deep","value":"b"}');
  });

  it('grows by streamed text', () => {
    const update: ThreadItemUpdate = { type: 'widget.streaming_text.value_delta', component_id: 'deep', delta: 'b', done: false };
    expect(JSON.stringify(after(nested(), update, { ...update, component_id: 'none' }).widget)).toContain('"value":"ab"');
  });

  it('keeps a component without text as it is, and one that is its own root', () => {
    const root = { ...widget('w', ''), widget: { type: 'Card', id: 'root', children: { type: 'Text', id: 'one', value: 1 } } as never };
    const update: ThreadItemUpdate = { type: 'widget.streaming_text.value_delta', component_id: 'one', delta: 'b', done: false };
    expect(after(structuredClone(root), update)).toEqual(root);
    expect(after(structuredClone(root), { type: 'widget.component.updated', component_id: 'none', component: { type: 'Text', value: 'x' } })).toEqual(root);
    expect(after(structuredClone(root), { type: 'widget.component.updated', component_id: 'root', component: { type: 'Basic', children: [] } as never }).widget).toEqual({ type: 'Basic', children: [] });
  });
});

it('an image gets its newest form', () => {
  const image: Item<'generated_image'> = { type: 'generated_image', id: 'i', thread_id: 't', created_at: 'c' };
  expect(after(image, { type: 'generated_image.updated', image: { id: '1', url: 'u' }, progress: 0.5 }).image).toEqual({ id: '1', url: 'u' });
});

describe('PendingItems', () => {
  it('keeps private copies, in the order in which they were announced', () => {
    const pending = new PendingItems();
    const given = message('m', 'x');
    pending.add(given);
    pending.add(message('n'));
    given.content = [];
    pending.update('m', { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'y' });
    pending.update('unknown', { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'y' });
    expect([...pending.values()]).toEqual([message('m', 'xy'), message('n')]);
    expect(given.content).toEqual([]);
    pending.delete('m');
    expect(pending.get('m')).toBeUndefined();
    expect(pending.size).toBe(1);
  });
});
