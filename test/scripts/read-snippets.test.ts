import { describe, expect, it } from 'vitest';
import { readSnippets } from '../../scripts/gate/read-snippets.js';

const fence = '```';

describe('readSnippets', () => {
  it('takes ts and tsx blocks, each at its own lines', () => {
    const markdown = ['# Title', `${fence}ts`, 'const a = 1;', fence, '', `${fence}sh`, 'npm test', fence, `${fence}tsx`, 'const b = <p />;', fence].join('\n');
    expect(readSnippets(markdown)).toEqual([
      { language: 'ts', line: 3, code: '\n\nconst a = 1;\n' },
      { language: 'tsx', line: 10, code: `${'\n'.repeat(9)}const b = <p />;\n` },
    ]);
  });

  it('joins a block that continues to the one before it', () => {
    const markdown = [`${fence}ts`, 'const a = 1;', fence, 'Then:', `${fence}ts continue`, 'a + 1;', fence].join('\n');
    expect(readSnippets(markdown)).toEqual([{ language: 'ts', line: 2, code: '\nconst a = 1;\n\n\n\na + 1;\n' }]);
  });

  it('leaves other languages alone, also those whose names begin alike', () => {
    expect(readSnippets([`${fence}tsconfig`, '{}', fence, `${fence}js`, 'x', fence].join('\n'))).toEqual([]);
  });
});
