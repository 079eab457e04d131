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

/** A whole browser: `CHROMIUM_PATH`, else what is installed. */
export function findChromium(): string | null {
  return process.env['CHROMIUM_PATH'] || findProgram(browsers);
}

/**
 * Chromium without windows, in which a page opens in a quarter of the processor time; what only a whole browser has, such as the cache of
 * Back, is missing. `HEADLESS_SHELL_PATH`, else what is installed, unless `CHROMIUM_PATH` names the browser for all tests.
 */
export function findHeadlessShell(): string | null {
  return process.env['HEADLESS_SHELL_PATH'] || (process.env['CHROMIUM_PATH'] ? null : findProgram(headlessShells));
}

/**
 * Installs what of the two is missing (as root on Debian). Tests take longer without the headless shell.
 *
 * @throws with the command to run, when there is no browser.
 */
export async function ensureBrowsers(): Promise<void> {
  if (findChromium() === null) await installDebianPackages(['chromium', 'fonts-liberation']);
  if (findChromium() === null) {
    throw new Error(
      [
        'The browser tests need Chromium or Chrome, and found none. Set CHROMIUM_PATH, or:',
        '  - Debian: sudo apt-get install --no-install-recommends chromium chromium-headless-shell fonts-liberation',
        '  - macOS: brew install --cask google-chrome',
        '  - Windows: winget install Google.Chrome',
      ].join('\n'),
    );
  }
  if (findHeadlessShell() === null && !process.env['CHROMIUM_PATH']) {
    try {
      await installDebianPackages(['chromium-headless-shell']);
    } catch (error) {
      // Not every distribution has it.
      console.error(error instanceof Error ? error.message : error);
    }
  }
}
