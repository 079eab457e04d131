import { findProgram } from './find-program.ts';
import { installDebianPackages } from './install-debian-packages.ts';

const browsers = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

const headlessShells = ['chromium-headless-shell', 'chrome-headless-shell'];

/**
 * The browser of the tests: `CHROMIUM_PATH`, else what is installed, else installed now (as root on Debian).
 *
 * @throws with the command to run, when there is none.
 */
export function findChromium(): string {
  const configured = process.env['CHROMIUM_PATH'];
  if (configured) return configured;
  const found = findProgram(browsers) ?? (installDebianPackages(['chromium', 'fonts-liberation']) ? findProgram(browsers) : null);
  if (found) return found;
  throw new Error(
    [
      'The browser tests need Chromium or Chrome, and found none. Set CHROMIUM_PATH, or:',
      '  - Debian: sudo apt-get install --no-install-recommends chromium chromium-headless-shell fonts-liberation',
      '  - macOS: brew install --cask google-chrome',
      '  - Windows: winget install Google.Chrome',
    ].join('\n'),
  );
}

/**
 * Chromium without windows, in which a page opens in a quarter of the processor time; what only a whole browser has, such as the cache of
 * Back, is missing. `HEADLESS_SHELL_PATH`, else what is installed, else installed now (as root on Debian).
 *
 * @returns null where there is none: the tests take longer then.
 */
export function findHeadlessShell(): string | null {
  const configured = process.env['HEADLESS_SHELL_PATH'];
  if (configured) return configured;
  // Who names a browser wants the tests to run in that one.
  if (process.env['CHROMIUM_PATH']) return null;
  return findProgram(headlessShells) ?? (installShell() ? findProgram(headlessShells) : null);
}

function installShell(): boolean {
  try {
    return installDebianPackages(['chromium-headless-shell']);
  } catch (error) {
    // Not every distribution has it.
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}
