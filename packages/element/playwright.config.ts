import { defineConfig } from '@playwright/test';
import { browserConfig } from '../../scripts/browser-config.ts';

export default defineConfig(
  browserConfig('element', {
    fullyParallel: true,
    browserArgs: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    // Frames are measured last, by a test that has the machine to itself.
    projects: [
      { name: 'behaviour', testIgnore: '**/performance.e2e.ts' },
      { name: 'performance', testMatch: '**/performance.e2e.ts', dependencies: ['behaviour'], fullyParallel: false },
    ],
  }),
);
