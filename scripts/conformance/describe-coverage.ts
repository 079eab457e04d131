import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace.ts';
import { oddities, type Oddity } from './oddities.ts';
import { protocolParts } from './protocol-parts.ts';
import { readVectorFacts, type VectorFacts } from './vector-facts.ts';

const SHOWN = 3;

export interface Coverage {
  /** All of docs/protocol-coverage.md. */
  text: string;
  /** What of the protocol has no vector. */
  missing: string[];
}

/** What the vectors of this repository cover. */
export function describeCoverage(): Coverage {
  const vectors = readVectorFacts(join(root, 'conformance/vectors'));
  const missing = protocolParts.flatMap(({ title, of, names }) =>
    names.filter((name) => !vectors.some((vector) => vector[of].has(name))).map((name) => `${title.toLowerCase()}: ${name}`),
  );
  const sections = [introduction(vectors), ...protocolParts.map((part) => section(vectors, part)), rawEvents(vectors), oddityTable(vectors), differences(vectors)];
  return { text: sections.join('\n'), missing: [...missing, ...unproven(vectors)] };
}

function introduction(vectors: VectorFacts[]): string {
  const recorded = vectors.filter(({ source }) => source === 'recorded').length;
  return `# Protocol coverage

Made from the [conformance vectors](../conformance/README.md) by \`npm run conformance:coverage\`; don't edit it.
${String(vectors.length)} vectors: ${String(recorded)} recorded from the official Python SDK, ${String(vectors.length - recorded)} specified here.
`;
}

function section(vectors: VectorFacts[], { title, of, names }: (typeof protocolParts)[number]): string {
  return table(title, names.map((name) => ({ name, having: vectors.filter((vector) => vector[of].has(name)) })));
}

function rawEvents(vectors: VectorFacts[]): string {
  const names = [...new Set(vectors.flatMap((vector) => [...vector.rawEvents]))].sort();
  const rows = names.map((name) => ({ name, having: vectors.filter((vector) => vector.rawEvents.has(name)) }));
  return table('Events of agents: of the Responses API and the Agents SDK', rows);
}

function table(title: string, rows: { name: string; having: VectorFacts[] }[]): string {
  const lines = rows.map(({ name, having }) => `| \`${name}\` | ${String(having.length)} | ${nearest(having).map(link).join(', ')} |`);
  return [`## ${title}`, '', '| | vectors | such as |', '|---|---|---|', ...lines, ''].join('\n');
}

/** Those nearest to the matter: they are answered, and are about the least. */
function nearest(having: VectorFacts[]): VectorFacts[] {
  return having.toSorted((one, other) => weight(one) - weight(other)).slice(0, SHOWN);
}

function weight({ requests, events, updates, items, rawEvents: raw, statuses }: VectorFacts): number {
  const isRefused = statuses.size > 0 && !statuses.has('200');
  return (isRefused ? 100 : 0) + requests.size + events.size + updates.size + items.size + raw.size;
}

function link({ file, name }: VectorFacts): string {
  return `[${name}](../conformance/vectors/${file})`;
}

function oddityTable(vectors: VectorFacts[]): string {
  const rows = oddities.map((oddity, index) => `| O${String(index + 1)} | ${oddity.official} | ${oddity.here} | ${proofs(oddity, vectors)} |`);
  return ['## Oddities of the official SDK', '', '| | there | here | shown by |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function proofs({ vectors: files = [], tests = [] }: Oddity, vectors: VectorFacts[]): string {
  const linked = files.flatMap((file) => vectors.filter((vector) => vector.file === `${file}.json`).map(link));
  return [...linked, ...tests.map(([file, name]) => `[${name}](../${file})`)].join(', ') || '-';
}

/** Oddities that name a vector or a test which is not there, or that differ here and name none. */
function unproven(vectors: VectorFacts[]): string[] {
  const exists = (file: string): boolean => vectors.some((vector) => vector.file === `${file}.json`);
  return oddities.flatMap(({ official, vectors: files = [], tests = [], without }) => [
    ...files.filter((file) => !exists(file)).map((file) => `vector: ${file}`),
    ...tests.filter(([file, name]) => !readFileSync(join(root, file), 'utf8').includes(name)).map(([file, name]) => `test: ${file}: ${name}`),
    ...(files.length + tests.length === 0 && without === undefined ? [`oddity: ${official}`] : []),
  ]);
}

function differences(vectors: VectorFacts[]): string {
  const rows = vectors
    .filter(({ source, differs }) => source === 'specified' && !differs.startsWith('nothing'))
    .map((vector) => `| ${link(vector)} | ${vector.differs.replace(/^official: /, '').replaceAll('|', '\\|')} |`);
  return ['## Different from the official SDK on purpose', '', '| here | the official SDK |', '|---|---|', ...rows, ''].join('\n');
}
