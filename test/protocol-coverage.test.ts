import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeCoverage } from '../scripts/conformance/describe-coverage.ts';
import { readVectorFacts } from '../scripts/conformance/vector-facts.ts';
import { root } from '../scripts/workspace.ts';

describe('the conformance vectors', () => {
  it('have something of every part of the protocol', () => {
    expect(describeCoverage().missing).toEqual([]);
  });

  it('are what docs/protocol-coverage.md says (npm run conformance:coverage)', () => {
    expect(readFileSync(join(root, 'docs/protocol-coverage.md'), 'utf8')).toBe(describeCoverage().text);
  });

  it('say where they differ from the official SDK, and only there', () => {
    const wrong = readVectorFacts(join(root, 'conformance/vectors')).filter(({ source, differs }) =>
      source === 'specified' ? differs === '' : source !== 'recorded' || differs !== '',
    );
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });
});
