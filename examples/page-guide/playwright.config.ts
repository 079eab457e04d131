import { defineConfig } from '@playwright/test';
import { browserConfig } from '../../scripts/browser-config.ts';

export default defineConfig(browserConfig('page-guide', { use: { viewport: { width: 1100, height: 760 } } }));
