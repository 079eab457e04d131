import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractJson } from '../../src/response/extract-json.js';
import { answerWithReply, reply } from './streamed-answers.js';

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
  ])('finds JSON that is %s', (_what, text, value, rest) => {
    expect(extractJson(text)).toEqual({ value, rest });
  });

  it.each([
    ['plain text'], [''], ['in a {"a":1} line'], ['"text"'], ['12'], ['```ts\n{"a":1}\n```'], ['{"a":1'], ['[1, 2]'], ['```json\nnope\n```'], ['```\n"text"\n```'],
  ])('finds nothing in %j', (text) => {
    expect(extractJson(text)).toBeNull();
  });

  it('gives up on a text with many broken objects', () => {
    expect(extractJson(`${'{\n'.repeat(100_000)}{"a":1}`)).toBeNull();
  });

  it('finds the reply among prose and code, and leaves all the rest', () => {
    fc.assert(fc.property(answerWithReply, (text) => {
      const found = extractJson(text);
      expect(found?.value).toEqual(reply);
      expect(found?.rest).not.toContain('SKU-1');
      expect((found?.rest ?? '').replaceAll(/\s/g, '').length).toBeLessThanOrEqual(text.replaceAll(/\s/g, '').length - JSON.stringify(reply).length);
    }));
  });
});
