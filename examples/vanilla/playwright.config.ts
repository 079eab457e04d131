import { defineConfig } from '@playwright/test';
import { browserConfig } from '../../scripts/browser-config.ts';

export default defineConfig(browserConfig('vanilla', { fullyParallel: true, use: { viewport: { width: 1000, height: 800 } } }));
