import { findProgram } from './find-program.ts';
import { installDebianPackages } from './install-debian-packages.ts';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/**
 * The browser of the tests: `CHROMIUM_PATH`, else what is installed, else installed now (as root on Debian).
 *
 * @throws with the command to run, when there is none.
 */
export function findChromium(): string {
  const configured = process.env['CHROMIUM_PATH'];
  if (configured) return configured;
  const found = findProgram(names) ?? (installDebianPackages(['chromium', 'fonts-liberation']) ? findProgram(names) : null);
  if (found) return found;
  throw new Error(
    [
      'The browser tests need Chromium or Chrome, and found none. Set CHROMIUM_PATH, or:',
      '  - Debian: sudo apt-get install --no-install-recommends chromium fonts-liberation',
      '  - macOS: brew install --cask google-chrome',
      '  - Windows: winget install Google.Chrome',
    ].join('\n'),
  );
}
