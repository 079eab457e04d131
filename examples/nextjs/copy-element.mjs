/** The self-hosted element is served from `public`, for networks that can't reach OpenAI's. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

mkdirSync(new URL('public/', import.meta.url), { recursive: true });
copyFileSync(fileURLToPath(import.meta.resolve('@chatkit-selfhost/element/chatkit.js')), new URL('public/chatkit.js', import.meta.url));
