import { showChatForm } from './chat-form.js';
import { API } from './session.js';

const assistant = document.querySelector('#assistant');
const prompts = ['Add 10kg sugar at 150', 'Create a bill for Ali: 2kg sugar', 'Show inventory'];

try {
  await showElement();
} catch {
  // No element at all: the page still has an assistant.
  await showChatForm(assistant, prompts);
}

/** The official element; where OpenAI's network can't be reached, the self-hosted one from this server. */
async function showElement() {
  // Loaded here, so that the page can do without it.
  const { createChatKitClient, mountChatKit } = await import('/widget.js');
  const chat = mountChatKit(assistant, {
    client: createChatKitClient({ url: API }),
    renderer: 'auto',
    selfHostedUrl: '/element/chatkit.js',
    title: 'Inventory assistant',
    accent: '#0f766e',
    greeting: 'What came in today?',
    prompts,
    placeholder: 'Add stock, write a bill…',
    disclaimer: 'Check bills before you hand them out.',
  });
  try {
    await chat.ready;
  } catch (error) {
    chat.dispose();
    throw error;
  }
}
