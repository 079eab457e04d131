import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../../docs/guides/', import.meta.url);
const guides = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'README.md').map((file) => file.slice(0, -'.md'.length));
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

describe.each(guides)('the guide %s', (name) => {
  it('shows exactly the code that its test runs', () => {
    const blocks = [...read(`${name}.md`).matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
    expect(blocks).toEqual([read(`${name}.ts`)]);
    expect(existsSync(new URL(`${name}.test.ts`, import.meta.url))).toBe(true);
  });

  it('is in the index, by its title', () => {
    const title = /^# (.*)$/m.exec(read(`${name}.md`))?.[1];
    expect(read('README.md')).toContain(`[${String(title)}](${name}.md)`);
  });

  it('links only to what is there', () => {
    const links = [...read(`${name}.md`).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target ?? '');
    expect(links.filter((target) => !existsSync(new URL(target, folder)))).toEqual([]);
  });
});

it('there is no code without a page', () => {
  const code = readdirSync(folder).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -'.ts'.length));
  expect(code).toEqual(guides);
});
