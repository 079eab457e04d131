import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { root } from '../workspace.ts';
import { readSnippets } from './read-snippets.ts';
import { sumChecks, type Check, type Step } from './step.ts';

/** The TypeScript code blocks of every Markdown file compile, strictly, each as a module of its own, against the packages as built. */
export const snippetsStep: Step = {
  name: 'snippets',
  run: async () => {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' });
    const documents = listed.split('\n').filter((file) => file !== '' && !/(^\.changeset\/|CHANGELOG\.md$)/.test(file));
    const cache = join(root, 'node_modules', '.cache', 'chatkit-selfhost');
    await mkdir(cache, { recursive: true });
    // Below the root, so that packages are found.
    const folder = await mkdtemp(join(cache, 'snippets-'));
    try {
      const names = new Map<string, string>();
      for (const document of documents) {
        const text = await readFile(join(root, document), 'utf8').catch(() => '');
        for (const { line, code, language } of readSnippets(text)) {
          const file = `${document.replaceAll('/', '__')}.${line}.${language}`;
          names.set(file, `${document}:${line}`);
          await writeFile(join(folder, file), code);
        }
      }
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(compilerOptions()));
      // One checker: several infer the same types over again.
      const { ok, output } = await runCommand('tsgo', ['-p', folder, '--pretty', 'false', '--singleThreaded'], { cwd: folder });
      return sumChecks([...names].map(([file, name]) => toCheck(name, output.split('\n').filter((message) => message.startsWith(`${file}(`)))).concat(otherErrors(ok, output, names)));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function compilerOptions(): object {
  return {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: { paths: {}, jsx: 'react-jsx', module: 'ESNext', moduleResolution: 'Bundler', noUnusedLocals: false, noUnusedParameters: false, allowArbitraryExtensions: true, noUncheckedSideEffectImports: false },
    include: ['*.ts', '*.tsx'],
  };
}

function toCheck(name: string, errors: string[]): Check {
  return { name: `the code at ${name} compiles`, ok: errors.length === 0, output: errors.join('\n') };
}

/** An error that concerns no document must not vanish, nor a compiler that failed without one. */
function otherErrors(ok: boolean, output: string, names: Map<string, string>): Check[] {
  const others = output.split('\n').filter((message) => /error TS\d+/.test(message) && ![...names.keys()].some((file) => message.startsWith(`${file}(`)));
  if (others.length === 0 && (ok || /error TS\d+/.test(output))) return [];
  return [{ name: 'the code blocks can be compiled', ok: false, output: others.slice(0, 20).join('\n') || output }];
}
