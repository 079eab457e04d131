import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { typedKeys } from './support/typed-keys.js';

interface Row {
  section: string;
  keys: string[];
  tests: string[];
  status: string;
}

const folder = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8');

/** The rows of the tables below "Tested, point by point". */
function rows(): Row[] {
  const text = read('README.md').split('## Tested, point by point')[1] ?? '';
  let section = '';
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('### ')) section = line.slice(4);
    const cells = line.split('|').slice(1, -1).map((cell) => cell.trim());
    if (cells.length < 3 || /^-+$/.test(cells[0] ?? '') || cells.at(-1) === 'status') return [];
    const names = [...(cells.slice(0, -2).join(' ')).matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    const keys = section === 'Widget components' ? names.slice(1).map((property) => `${names[0] ?? ''}.${property}`) : names;
    return [{ section, keys, tests: (cells.at(-2) ?? '').split('<br>'), status: cells.at(-1) ?? '' }];
  });
}

/** Each browser test by its title, as a pattern where parts of it are filled in, with the text of its file. */
function browserTests(): { title: RegExp; file: string }[] {
  return readdirSync(new URL('e2e/', folder))
    .filter((name) => name.endsWith('.e2e.ts'))
    .flatMap((name) => {
      const file = read(`e2e/${name}`);
      return [...file.matchAll(/\btest\(\s*(['"`])(.*?)\1, async/g)].map(([, , title = '']) => ({ title: new RegExp(`^${title.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`), file }));
    });
}

describe('the tables of what is tested', () => {
  const table = rows();
  const listed = (section: string): string[] => table.filter((row) => row.section === section).flatMap((row) => row.keys);
  const keys = typedKeys();
  const branches = (all: readonly string[]): string[] => all.filter((key) => !all.some((other) => other.startsWith(`${key}.`) || other.startsWith(`${key}[]`)));

  it('have a row for every option, method, event, item and widget property of the typings, and for nothing else', () => {
    expect(listed('Options').sort()).toEqual(branches(keys.options).sort());
    expect(listed('Methods').sort()).toEqual([...keys.methods].sort());
    expect(listed('Events').sort()).toEqual([...keys.events].sort());
    expect(listed('Items').sort()).toEqual([...keys.items].sort());
    expect(listed('Widget components').filter((key) => !key.startsWith('Chart.')).sort()).toEqual([...keys.properties].sort());
    expect(new Set(keys.properties.map((key) => key.replace(/\.\w+$/, '')))).toEqual(new Set(keys.components));
    expect(table.length).toBeGreaterThan(100);
  });

  it('name tests that exist and that mention what they are named for', () => {
    const tests = browserTests();
    const shared = ['samples', 'fixtures', 'events', 'thread-book'].map((name) => read(`e2e/support/${name}.ts`)).join('\n') + read('e2e/support/react-page.tsx');
    const wrong = table.flatMap((row) =>
      row.tests.flatMap((name) => {
        const test = tests.find(({ title }) => title.test(name));
        if (!test) return [`no test "${name}"`];
        if (row.section === 'Behaviour' || !row.status.startsWith('tested')) return [];
        return row.keys.filter((key) => !new RegExp(`\\b${key.replace(/^chatkit\./, '').split(/\.(?=\w+$)/).at(-1) ?? key}\\b`).test(test.file + shared)).map((key) => `"${name}" says nothing of ${key}`);
      }),
    );
    expect(wrong).toEqual([]);
  });
});
