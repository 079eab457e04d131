import type { Markdown, TextComponent } from '../protocol/index.js';

/** The component with the text so far; `streaming` until all of it is there. */
async function* grow<C extends TextComponent | Markdown>(component: C, text: AsyncIterable<string> | Iterable<string>): AsyncGenerator<C, void, undefined> {
  yield { ...component, streaming: true };
  let value = '';
  for await (const delta of text) {
    value += delta;
    yield { ...component, value, streaming: true };
  }
  yield { ...component, value, streaming: false };
}

/**
 * The states of a text component that fills up with streamed text: first the component as given, then one state for
 * each piece with all the text so far, at last all of it with `streaming: false`. Give the component an `id`: then each
 * state costs only its delta on the wire; without one the whole widget is sent each time.
 *
 * With `wrap`, each state is a widget for `turn.sendWidget`:
 *
 * ```ts
 * const answer = Markdown({ id: 'answer', value: '' });
 * await turn.sendWidget(streamTextInto(answer, textStream, (markdown) => Card({ size: 'lg' }, [markdown])));
 * ```
 */
export function streamTextInto<C extends TextComponent | Markdown>(
  component: C,
  text: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<C, void, undefined>;
export function streamTextInto<C extends TextComponent | Markdown, W>(
  component: C,
  text: AsyncIterable<string> | Iterable<string>,
  wrap: (component: C) => W,
): AsyncGenerator<W, void, undefined>;
export async function* streamTextInto<C extends TextComponent | Markdown, W>(
  component: C,
  text: AsyncIterable<string> | Iterable<string>,
  wrap?: (component: C) => W,
): AsyncGenerator<C | W, void, undefined> {
  for await (const state of grow(component, text)) yield wrap ? wrap(state) : state;
}
