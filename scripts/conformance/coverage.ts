/**
 * `npm run conformance:coverage -- [--check]`: writes docs/protocol-coverage.md from the vectors; with `--check` writes nothing and exits
 * with 1 when the file is out of date. Exits with 1 too when something of the protocol has no vector.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace.ts';
import { protocolParts } from './protocol-parts.ts';
import { readVectorFacts, type VectorFacts } from './vector-facts.ts';

const SHOWN = 3;
const vectors = readVectorFacts(join(root, 'conformance/vectors'));
const missing: string[] = [];
const text = [introduction(), ...protocolParts.map(section), rawEvents(), differences()].join('\n');
const file = join(root, 'docs/protocol-coverage.md');

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error('docs/protocol-coverage.md is out of date: run `npm run conformance:coverage`.');
  process.exitCode = 1;
}
for (const name of missing) {
  console.error(`no vector has ${name}`);
  process.exitCode = 1;
}

function introduction(): string {
  const recorded = vectors.filter(({ source }) => source === 'recorded').length;
  return `# Protocol coverage

Made from the [conformance vectors](../conformance/README.md) by \`npm run conformance:coverage\`; don't edit it.
${String(vectors.length)} vectors: ${String(recorded)} recorded from the official Python SDK, ${String(vectors.length - recorded)} specified here.
`;
}

function section({ title, of, names }: (typeof protocolParts)[number]): string {
  const rows = names.map((name) => {
    const having = vectors.filter((vector) => vector[of].has(name));
    if (having.length === 0) missing.push(`${title.toLowerCase()} ${name}`);
    return `| \`${name}\` | ${String(having.length)} | ${links(having)} |`;
  });
  return [`## ${title}`, '', '| | vectors | such as |', '|---|---|---|', ...rows, ''].join('\n');
}

function rawEvents(): string {
  const names = [...new Set(vectors.flatMap((vector) => [...vector.rawEvents]))].sort();
  const rows = names.map((name) => {
    const having = vectors.filter((vector) => vector.rawEvents.has(name));
    return `| \`${name}\` | ${String(having.length)} | ${links(having)} |`;
  });
  return ['## Events of agents', '', 'Raw events of the Responses API and of the Agents SDK, as they become events of a thread.', '', '| | vectors | such as |', '|---|---|---|', ...rows, ''].join('\n');
}

/** The vectors nearest to the matter first: those that are answered, and are about the least. */
function links(having: VectorFacts[]): string {
  const nearest = having.toSorted((one, other) => weight(one) - weight(other)).slice(0, SHOWN);
  return nearest.map(link).join(', ');
}

function weight({ requests, events, updates, items, rawEvents, statuses }: VectorFacts): number {
  const isRefused = statuses.size > 0 && !statuses.has('200');
  return (isRefused ? 100 : 0) + requests.size + events.size + updates.size + items.size + rawEvents.size;
}

function link({ file: vector, name }: VectorFacts): string {
  return `[${name}](../conformance/vectors/${vector})`;
}

function differences(): string {
  const rows = vectors
    .filter(({ source, differs }) => source === 'specified' && !differs.startsWith('nothing'))
    .map((vector) => `| ${link(vector)} | ${vector.differs.replace(/^official: /, '').replaceAll('|', '\\|')} |`);
  return ['## Different from the official SDK on purpose', '', '| here | the official SDK |', '|---|---|', ...rows, ''].join('\n');
}
