import { defineConfig } from '@playwright/test';
import { browserConfig } from '../../scripts/browser-config.ts';

export default defineConfig(
  browserConfig('widget', {
    fullyParallel: true,
    // A host that is not localhost, for what differs there.
    browserArgs: ['--host-resolver-rules=MAP shop.example 127.0.0.1'],
    use: { viewport: { width: 1000, height: 800 } },
  }),
);
