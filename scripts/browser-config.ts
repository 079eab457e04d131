import type { PlaywrightTestConfig } from '@playwright/test';
import { findChromium, findHeadlessShell } from './services/find-chromium.ts';

/** More than the cores: now and then a test waits. */
export const WORKERS = 3;

/** What all browser tests share: the headless shell or, where there is none, a browser of the system, quiet, with files named `e2e/*.e2e.ts`. `name`: the folder of its results. */
export function browserConfig(name: string, overrides: PlaywrightTestConfig & { browserArgs?: string[] } = {}): PlaywrightTestConfig {
  const { browserArgs = [], ...config } = overrides;
  // Without, Playwright looks for one of its own.
  const executablePath = findHeadlessShell() ?? findChromium() ?? undefined;
  return {
    testDir: './e2e',
    testMatch: '**/*.e2e.ts',
    outputDir: `../../test-results/${name}`,
    workers: WORKERS,
    // How long to wait before it counts as broken, not how long it may take: the machine may be busy with something else.
    timeout: 90_000,
    expect: { timeout: 20_000 },
    reporter: [['list']],
    ...config,
    use: {
      viewport: { width: 900, height: 760 },
      ...config.use,
      launchOptions: {
        ...(executablePath === undefined ? {} : { executablePath }),
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...browserArgs],
      },
    },
  };
}
