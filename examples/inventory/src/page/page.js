import { showChatForm } from './chat-form.js';
import { API, sessionFetch } from './session.js';

const SCRIPT = 'https://cdn.platform.openai.com/deployments/chatkit/chatkit.js';
const WAIT_MS = 3_000;

const assistant = document.querySelector('#assistant');
const prompts = ['Add 10kg sugar at 150', 'Create a bill for Ali: 2kg sugar', 'Show inventory'];

try {
  await loadElement();
  await showElement();
} catch {
  // The element's script can't be had here: the page still has an assistant.
  assistant.replaceChildren();
  await showChatForm(assistant, prompts);
}

function loadElement() {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = SCRIPT;
    script.async = true;
    script.onerror = reject;
    document.head.append(script);
    setTimeout(reject, WAIT_MS, new Error('time-out'));
    customElements.whenDefined('openai-chatkit').then(resolve);
  });
}

/** The official element, pointed at this server. */
function showElement() {
  const chat = document.createElement('openai-chatkit');
  const ready = new Promise((resolve, reject) => {
    chat.addEventListener('chatkit.ready', resolve, { once: true });
    setTimeout(reject, WAIT_MS, new Error('time-out'));
  });
  chat.setOptions({
    api: { url: new URL(`${API}/chat`, location.href).href, domainKey: 'local-dev', fetch: sessionFetch },
    theme: { colorScheme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light', color: { accent: { primary: '#0f766e', level: 1 } } },
    header: { title: { text: 'Inventory assistant' } },
    startScreen: { greeting: 'What came in today?', prompts: prompts.map((prompt) => ({ label: prompt, prompt })) },
    composer: { placeholder: 'Add stock, write a bill…' },
    disclaimer: { text: 'Check bills before you hand them out.' },
  });
  assistant.append(chat);
  return ready;
}
