import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DisplayGate } from '../../src/response/display-gate.js';
import { extractJson } from '../../src/response/extract-json.js';
import { answerWithReply, inPieces, isNamed } from './streamed-answers.js';

function names(json: string): boolean {
  try {
    return isNamed(JSON.parse(json) as object);
  } catch {
    return false;
  }
}

function feed(pieces: string[]): { shown: string; held: string } {
  const gate = new DisplayGate(names);
  const shown = pieces.map((piece) => gate.feed(piece)).join('');
  return { shown, held: gate.held };
}

describe('DisplayGate', () => {
  it.each([
    ['Hello', 'Hello', ''],
    ['Hello {name}', 'Hello {name}', ''],
    ['First\n{"a"', 'First\n', '{"a"'],
    ['  {"a": 1}\nmore', '', '  {"a": 1}\nmore'],
    ['x\n```json\n{}', 'x\n', '```json\n{}'],
    ['```\n{}', '', '```\n{}'],
    ['``', '', '``'],
    ['```js', '', '```js'],
    ['```jsx\n{', '```jsx\n{', ''],
    ['```js\n{\n```\n{', '```js\n{\n```\n', '{'],
    ['```js\n{\n```', '```js\n{\n```', ''],
    ['\n \n', '\n \n', ''],
    ['text\n  ', 'text\n', '  '],
    ['[\n {"a":1}]', '', '[\n {"a":1}]'],
    ['[1] says so', '[1] says so', ''],
    ['[\nno', '[\nno', ''],
    ['x\n[{"a":1}]', 'x\n[{"a":1}]', ''],
    ['Done! {"a', 'Done! ', '{"a'],
    ['See {"a": {"b": "}"}} and {"c', 'See {"a": {"b": "}"}} and ', '{"c'],
    ['See {"a"} {', 'See {"a"} ', '{'],
    ['Done! {"type":"item"} it is', 'Done! ', '{"type":"item"} it is'],
    ['{{{"a {"type":"item"', '', '{{{"a {"type":"item"'],
    ['x {{{"a {"b', 'x {{{"a ', '{"b'],
    ['x {\n{"a', 'x {\n', '{"a'],
    ['x\n```json {"a":1} ```', 'x\n', '```json {"a":1} ```'],
    ['```{', '', '```{'],
  ])('of %j shows %j and holds %j, in whatever pieces it comes', (text, shown, held) => {
    expect(feed([text])).toEqual({ shown, held });
    expect(feed(text.split(''))).toEqual({ shown, held });
  });

  it('gives back what it held, and then everything at once', () => {
    const gate = new DisplayGate();
    gate.feed('{"a"');
    expect(gate.release()).toBe('{"a"');
    expect(gate.feed('{"b"')).toBe('{"b"');
    expect(gate.held).toBe('');
  });

  it('shows what is too long for a reply', () => {
    const gate = new DisplayGate();
    expect(gate.feed(`{"a":"${'x'.repeat(200_000)}`)).toBe('');
    expect(gate.feed('y'.repeat(100_000))).toHaveLength(300_006);
    expect(gate.feed('z')).toBe('z');
  });

  it.each(['{"a":1}', '{', '{x', '{"', 'x\n', 'x {"a":1}\n'])('looks once at a long text of %j that comes at once', (piece) => {
    const text = `x ${piece.repeat(100_000)}`;
    const { shown, held } = feed([text]);
    expect(shown.length + held.length).toBe(text.length);
    expect(held.length).toBeLessThan(10);
  });

  it('looks at each part of a message as a paragraph of its own', () => {
    const gate = new DisplayGate();
    expect(gate.feed('Here:')).toBe('Here:');
    gate.startPart(1);
    expect(gate.part).toBe(1);
    expect(gate.feed('{"a":1}')).toBe('');
  });

  it('loses and repeats nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('```', 'json', '\n', '{', '}', '"a":1', '{"type":"item"}', ' ', 'text', '[', 'ts'), { maxLength: 30 }), fc.array(fc.nat()), (words, cuts) => {
        const text = words.join('');
        const { shown, held } = feed(inPieces(text, cuts));
        expect(shown + held).toBe(text);
        expect(feed([text])).toEqual({ shown, held });
      }),
      { numRuns: 2_000 },
    );
  });

  it('never shows anything of what is found to be JSON', () => {
    const words = fc.array(fc.constantFrom('```', '```json', '```ts', '\n', '\n', '{"a":1}', '{"type":"item"}', '{"type":"item","a":', '{', '}', ' ', '"', ':', '`', 'text', '[', ']', '[{"b":{}}]'), { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(words, answerWithReply), fc.array(fc.nat()), (text, cuts) => {
        const found = extractJson(text, isNamed);
        fc.pre(found !== null);
        const { shown } = feed(inPieces(text, cuts));
        // What was shown is a beginning of the text; all of the JSON has to be in the rest of it.
        expect(extractJson(text.slice(shown.length), isNamed)?.value).toEqual(found?.value);
        expect(extractJson(shown, isNamed)).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });
});
