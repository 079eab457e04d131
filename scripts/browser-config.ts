import { existsSync } from 'node:fs';
import type { PlaywrightTestConfig } from '@playwright/test';

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const SYSTEM_SHELL = '/usr/bin/chromium-headless-shell';

/** The system's Chromium; undefined lets Playwright look for one of its own. */
export const chromiumPath = process.env['CHROMIUM_PATH'] ?? SYSTEM_BROWSERS.find((path) => existsSync(path));

/** What nearly all tests run in: the headless shell, where there is one. */
const shellPath = process.env['HEADLESS_SHELL_PATH'] ?? (process.env['CHROMIUM_PATH'] === undefined && existsSync(SYSTEM_SHELL) ? SYSTEM_SHELL : chromiumPath);

/** What all browser tests share: a quiet browser of the system, with files named `e2e/*.e2e.ts`. `name`: the folder of its results. */
export function browserConfig(name: string, overrides: PlaywrightTestConfig & { browserArgs?: string[] } = {}): PlaywrightTestConfig {
  const { browserArgs = [], ...config } = overrides;
  return {
    testDir: './e2e',
    testMatch: '**/*.e2e.ts',
    outputDir: `../../test-results/${name}`,
    workers: 2,
    // How long to wait before it counts as broken, not how long it may take: the machine may be busy with something else.
    timeout: 90_000,
    expect: { timeout: 20_000 },
    reporter: [['list']],
    ...config,
    use: {
      viewport: { width: 900, height: 760 },
      ...config.use,
      launchOptions: {
        ...(shellPath === undefined ? {} : { executablePath: shellPath }),
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...browserArgs],
      },
    },
  };
}
