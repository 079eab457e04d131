// How the browser packages are used: checked by tsc, not run.
import { createElement } from 'react';
import { createChatKitClient, mountChatKit, SelfHostedChatKit, useChat } from './api.js';
import type { chatkit } from './snippets.js';

// ── 7. In the browser: response types arrive by a type-only import ──
export async function addFromPage(): Promise<string> {
  const chat = createChatKitClient<typeof chatkit>({ url: '/agent' });
  const stream = chat.stream({ message: 'Add 10kg sugar at 150' });
  for await (const delta of stream) document.body.append(delta);
  const answer = await stream.response;
  switch (answer.type) {
    case 'item_created': return `${answer.structured_data.name} since ${answer.structured_data.addedAt.slice(0, 10)}`; // Date came as string
    case 'item_list': return answer.structured_data.items.map((item) => item.name).join();
    case 'error': return answer.error;
    case 'text': return answer.message;
  }
}

// ── 8. Mounting: vanilla and React ──
export function mountVanilla() {
  const client = createChatKitClient<typeof chatkit>({ url: '/agent' });
  const chat = mountChatKit('#chat', {
    client, title: 'Inventory', accent: '#0f766e', prompts: ['Show inventory', 'Add 10kg sugar at 150'],
    clientTools: { get_selection: () => ({ text: String(getSelection()) }) },
    on: { error: (error) => console.error(error) },
  });
  return () => chat.dispose();
}
const chatClient = createChatKitClient<typeof chatkit>({ url: '/agent' });
export function Assistant() {
  const { turns, send } = useChat(chatClient);
  const last = turns.at(-1)?.response;
  return createElement('div', { onClick: () => send('Show inventory') },
    last?.type === 'item_list' ? `${last.structured_data.items.length} items` : last?.message,
    createElement(SelfHostedChatKit, { client: chatClient, greeting: 'What came in today?' }));
}
