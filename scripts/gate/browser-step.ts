import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { root } from '../workspace.ts';
import type { Step, StepResult } from './step.ts';

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** Every package and example with an `e2e` folder, one after the other. */
export const browserStep: Step = {
  name: 'browser',
  run: async () => {
    const sum: StepResult = { passed: 0, failed: 0, output: '' };
    for (const folder of foldersWithBrowserTests()) {
      const { passed, failed, output } = await runBrowserTests(folder);
      sum.passed += passed;
      sum.failed += failed;
      if (failed > 0) sum.output += output;
    }
    return sum;
  },
};

/** Not only workspaces: an example may stand alone. */
function foldersWithBrowserTests(): string[] {
  return ['packages', 'examples'].flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)).filter((folder) => existsSync(join(root, folder, 'e2e')));
}

async function runBrowserTests(folder: string): Promise<StepResult> {
  if (!existsSync(join(root, folder, 'playwright.config.ts'))) return { passed: 0, failed: 1, output: `${folder}/e2e has no playwright.config.ts beside it.\n` };
  // An example with a lockfile of its own: its dependencies are too heavy for everybody's install.
  if (existsSync(join(root, folder, 'package-lock.json'))) {
    const { ok, output } = await runCommand('node', ['examples/test-example.mjs', basename(folder), '--skip-tests']);
    if (!ok) return { passed: 0, failed: 1, output };
  }
  const reports = await mkdtemp(join(tmpdir(), 'chatkit-playwright-'));
  try {
    const file = join(reports, 'report.json');
    const { ok, output } = await runCommand('playwright', ['test', '--config', `${folder}/playwright.config.ts`, '--reporter=list,json', '--forbid-only'], {
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file, PLAYWRIGHT_FORCE_TTY: '0' },
    });
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) return { passed: 0, failed: 1, output };
    const { expected, unexpected, flaky, skipped } = (JSON.parse(text) as PlaywrightReport).stats;
    // A test that passes at the second try has failed; one that is skipped has not passed.
    const failed = unexpected + flaky + skipped;
    return { passed: expected, failed: ok ? failed : Math.max(failed, 1), output };
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
}
