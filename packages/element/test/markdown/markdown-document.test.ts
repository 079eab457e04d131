import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarkdownDocument } from '../../src/markdown/markdown-document.js';

const shape = (document: MarkdownDocument): unknown => document.blocks.map((block) => block.tokens.map((token) => [token.type, token.content, token.tag]));

function whole(text: string): unknown {
  const document = new MarkdownDocument();
  document.update(text, true);
  return shape(document);
}

describe('a growing document', () => {
  it('parses only its last block again', () => {
    const document = new MarkdownDocument();
    const [first] = document.update('# Title\n\nOne\npara', false);
    const grown = document.update('# Title\n\nOne\nparagraph\n\n- item\n', false);
    expect(grown[0]).toBe(first);
    expect(grown).toHaveLength(3);
    const more = document.update('# Title\n\nOne\nparagraph\n\n- item\n- other', false);
    expect(more[1]).toBe(grown[1]);
    expect(more[2]).not.toBe(grown[2]);
    expect(more[2]?.key).toBe(grown[2]?.key);
  });

  it('ends up as if it had been parsed in one go, wherever it is cut', () => {
    const pieces = fc.constantFrom('# H\n', '\n', 'text ', '- a\n', '  - b\n', '1. c\n', '```js\n', '```\n', '> q\n', '| a | b |\n', '|---|---|\n', '**b**', '[x]', '[x]: https://e.com\n', '---\n', '    code\n', '===\n', '<div>\n');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), fc.array(fc.nat(60), { maxLength: 8 }), (parts, cuts) => {
        const text = parts.join('');
        const document = new MarkdownDocument();
        for (const cut of [...cuts].sort((first, second) => first - second)) document.update(text.slice(0, cut), false);
        document.update(text, true);
        expect(shape(document)).toEqual(whole(text));
      }),
      { numRuns: 400 },
    );
  });

  it('starts anew when the text is another one', () => {
    const document = new MarkdownDocument();
    document.update('One\n\nTwo', false);
    document.update('Entirely different', true);
    expect(shape(document)).toEqual(whole('Entirely different'));
  });

  it('nests headings without gaps, whatever levels the text skips', () => {
    const document = new MarkdownDocument();
    const blocks = document.update('### A\n\n##### B\n\n### C\n\n# D\n\n#### E', true);
    expect(blocks.map((block) => block.outline.length)).toEqual([1, 2, 1, 1, 2]);
  });
});
