import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractJson } from '../../src/response/extract-json.js';
import { answerWithReply, isNamed, reply } from './streamed-answers.js';

describe('extractJson', () => {
  it.each([
    ['the whole text', '{"a":1}', { a: 1 }, ''],
    ['the whole text, an array', ' [{"a":1}] ', [{ a: 1 }], ''],
    ['a fence for JSON', 'Here:\n```json\n{"a":1}\n```\nDone.', { a: 1 }, 'Here:\n\nDone.'],
    ['a fence of no language', '```\n{"a":1}\n```', { a: 1 }, ''],
    ['an indented fence with Windows line ends', '  ```JSON\r\n[1]\r\n  ```\r\n', [1], ''],
    ['an unclosed fence', 'x\n```json\n{"a":1}', { a: 1 }, 'x'],
    ['a line that begins with a brace', 'Text\n  {"a":\n1}\nmore {x}', { a: 1 }, 'Text\n\nmore {x}'],
    ['an object with braces in its strings', '{"a":"}\\"{"}\nend', { a: '}"{' }, 'end'],
    ['what comes after code in another language', '```ts\nlet x;\n```\n```json\n{"a":1}\n```', { a: 1 }, '```ts\nlet x;\n```'],
    ['the second where the first is none', '{not json}\n{"a":1}', { a: 1 }, '{not json}'],
    ['in a fence on one line', 'Here:\n```json {"a":1} ```\nDone.', { a: 1 }, 'Here:\n\nDone.'],
    ['in a fence that begins with it', '```{"a":\n1}\n```', { a: 1 }, ''],
    ['on a line of its own but for a mark', '{"a":1}.', { a: 1 }, '.'],
  ])('finds JSON that is %s', (_what, text, value, rest) => {
    expect(extractJson(text)).toEqual({ value, rest });
  });

  it.each([
    ['plain text'], [''], ['in a {"a":1} line'], ['"text"'], ['12'], ['```ts\n{"a":1}\n```'], ['{"a":1'], ['[1, 2]'], ['```json\nnope\n```'], ['```\n"text"\n```'],
  ])('finds nothing in %j', (text) => {
    expect(extractJson(text)).toBeNull();
  });

  it.each([
    ['after prose on its line', 'Done! {"type":"item","a":1}', 'Done!'],
    ['before prose on its line', '{"type":"item","a":1} is in.', 'is in.'],
    ['between prose, in several lines', 'Done: {\n "type": "item",\n "a": 1 } Bye.', 'Done: Bye.'],
    ['after other braces', 'Not {x} { } {"b":{}} {"c" but {"type":"item","a":1}', 'Not {x} { } {"b":{}} {"c" but'],
    ['in a span of code', 'Done! `{"type":"item","a":1}` Bye.', 'Done! Bye.'],
    ['in what should be a fence', 'Done! ```json {"type":"item","a":1} ```\nBye.', 'Done!\n\nBye.'],
    ['on a line after an object that never ends', 'x {"b": 1\n{"type":"item","a":1}\n', 'x {"b": 1'],
  ])('finds an object that names itself a reply %s', (_where, text, rest) => {
    expect(extractJson(text, isNamed)).toEqual({ value: { type: 'item', a: 1 }, rest });
  });

  it.each([['{"name":"sugar"} is what JSON looks like'], ['Send {"name":"sugar"} to it'], ['It is `{"a":1}`'], ['{"type":"other"} names another'], ['{"type":"item" is cut off']])('takes %j for prose', (text) => {
    expect(extractJson(text, isNamed)).toBeNull();
  });

  it('gives up on prose with many objects that never end', () => {
    expect(extractJson(`${'x {"a":\n'.repeat(50_000)}{"type":"item"}`, isNamed)).toBeNull();
    expect(extractJson('x {"a":'.repeat(50_000), isNamed)).toBeNull();
    expect(extractJson('x {"'.repeat(50_000), isNamed)).toBeNull();
  });

  it.each(['{"a":1}', '{', '{x', '`{"a":1}` ', 'x\n', '{"a":1}\n'])('looks once at a long text of %j', (piece) => {
    const text = `x ${piece.repeat(100_000)}`;
    expect(extractJson(`${text} {"type":"item"}`, isNamed)?.value).toEqual(piece.endsWith('}\n') ? { a: 1 } : { type: 'item' });
  });

  it('gives up on a text with many broken objects', () => {
    expect(extractJson(`${'{\n'.repeat(100_000)}{"a":1}`)).toBeNull();
  });

  it('finds the reply among prose and code, and leaves all the rest', () => {
    fc.assert(fc.property(answerWithReply, (text) => {
      const found = extractJson(text, isNamed);
      expect(found?.value).toEqual(reply);
      expect(found?.rest).not.toContain('SKU-1');
      expect((found?.rest ?? '').replaceAll(/\s/g, '').length).toBeLessThanOrEqual(text.replaceAll(/\s/g, '').length - JSON.stringify(reply).length);
    }));
  });
});
