import { showChatForm } from './chat-form.js';
import { API, sessionFetch } from './session.js';

/** The official element; where OpenAI's network can't be reached, the self-hosted one from this server. */
const SCRIPTS = ['https://cdn.platform.openai.com/deployments/chatkit/chatkit.js', '/element/chatkit.js'];
const WAIT_MS = 3_000;

const assistant = document.querySelector('#assistant');
const prompts = ['Add 10kg sugar at 150', 'Create a bill for Ali: 2kg sugar', 'Show inventory'];

await showAssistant();

async function showAssistant() {
  for (const script of SCRIPTS) {
    try {
      await loadElement(script);
      return await showElement();
    } catch {
      assistant.replaceChildren();
    }
  }
  // No element at all: the page still has an assistant.
  await showChatForm(assistant, prompts);
}

function loadElement(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = source;
    script.async = true;
    script.onerror = reject;
    document.head.append(script);
    setTimeout(reject, WAIT_MS, new Error('time-out'));
    customElements.whenDefined('openai-chatkit').then(resolve);
  });
}

/** The element, pointed at this server. */
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
