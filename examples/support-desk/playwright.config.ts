import { defineConfig } from '@playwright/test';
import { browserConfig } from '../../scripts/browser-config.ts';

export default defineConfig(browserConfig('support-desk'));
