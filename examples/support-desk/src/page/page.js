import { sessionFetch } from './session.js';

/** OpenAI's own element works the same: load its script instead of `/element/chatkit.js`. */
const chat = document.createElement('openai-chatkit');
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
await customElements.whenDefined('openai-chatkit');
chat.setOptions({
  api: {
    url: new URL('/agent/chatkit', location.href).href, domainKey: 'local-dev', fetch: sessionFetch,
    uploadStrategy: { type: 'two_phase' },
  },
  theme: dark ? { colorScheme: 'dark', color: { accent: { primary: '#fb923c', level: 1 } } } : { colorScheme: 'light', color: { accent: { primary: '#7c2d12', level: 1 } } },
  header: { title: { text: 'Support desk' } },
  startScreen: {
    greeting: 'What went wrong?',
    prompts: [
      { label: 'Something arrived broken', prompt: 'My kettle arrived broken', icon: 'lifesaver' },
      { label: 'Money back', prompt: 'Refund 250 for order A-1001', icon: 'suitcase' },
    ],
  },
  composer: {
    placeholder: 'Describe the problem…',
    attachments: { enabled: true, maxCount: 5, maxSize: 10 * 1024 * 1024, accept: { 'image/*': ['.png', '.jpg', '.jpeg', '.webp'], 'text/plain': ['.txt', '.log'], 'application/pdf': ['.pdf'] } },
  },
});
document.querySelector('#assistant').append(chat);
