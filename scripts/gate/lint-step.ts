import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { runCommand } from '../run-command.ts';
import { root } from '../workspace.ts';
import { sumChecks, type Check, type Step } from './step.ts';

/** All rules of eslint.config.mjs. Those that need types are run by the native linter, which has them under the same names. */
export const lintStep: Step = {
  name: 'lint',
  run: async () => sumChecks(await Promise.all([lintWithoutTypes(), lintWithTypes()])),
};

async function lintWithoutTypes(): Promise<Check> {
  // More room for what is soon garbage: a sixth of the time goes to collecting it.
  const env = { LINT_WITHOUT_TYPES: '1', NODE_OPTIONS: '--max-semi-space-size=128' };
  return { name: 'eslint', ...(await runCommand('eslint', ['.', '--max-warnings', '0'], { env })) };
}

async function lintWithTypes(): Promise<Check> {
  const folder = await mkdtemp(join(tmpdir(), 'chatkit-lint-'));
  try {
    const config = join(folder, 'oxlintrc.json');
    await writeFile(config, JSON.stringify({ plugins: ['typescript'], categories: { correctness: 'off' }, rules: await rulesWithTypes() }));
    // One thread, as each would find out the same types once more. Plain JavaScript has no types to speak of, and is left to ESLint.
    const ignored = ['**/*.js', '**/*.mjs', 'examples/nextjs', 'examples/react-vite'].map((pattern) => `--ignore-pattern=${pattern}`);
    return { name: 'rules with types', ...(await runCommand('oxlint', ['--threads=1', '--type-aware', '--config', config, ...ignored, '.'], { env: { GOMAXPROCS: '1' } })) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const severities = ['off', 'warn', 'error'] as const;

/** As they stand in eslint.config.mjs. */
async function rulesWithTypes(): Promise<Record<string, unknown>> {
  const { rules } = (await new ESLint({ cwd: root }).calculateConfigForFile('packages/core/src/index.ts')) as { rules: Record<string, [0 | 1 | 2, ...unknown[]]> };
  return Object.fromEntries(
    Object.keys(tseslint.configs.disableTypeChecked.rules ?? {}).flatMap((name) => {
      const [severity, ...options] = rules[name] ?? [0];
      return severity === 0 ? [] : [[name.replace('@typescript-eslint/', 'typescript/'), [severities[severity], ...options]]];
    }),
  );
}
