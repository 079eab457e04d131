import { createChatKitClient } from '@chatkit-selfhost/widget';
// The type alone: nothing of the server gets into the page.
import type { chatkit } from '../chatkit.ts';

export const client = createChatKitClient<typeof chatkit>({ url: '/agent' });
