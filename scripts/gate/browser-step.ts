import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import type { Step } from './step.ts';

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** The tests of every package and example with an `e2e` folder, in one run: a browser and a core that one has no use for is the next one's. */
export const browserStep: Step = {
  name: 'browser',
  needs: 'browsers',
  run: async () => {
    const reports = await mkdtemp(join(tmpdir(), 'chatkit-playwright-'));
    try {
      const file = join(reports, 'report.json');
      const { ok, output } = await runCommand('playwright', ['test', '--reporter=list,json', '--forbid-only'], {
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
  },
};
