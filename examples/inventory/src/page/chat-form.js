import { API, sessionFetch } from './session.js';
import { showReply } from './show-reply.js';

/** A small chat on the simple API: messages stream in, structured replies are shown as tables. */
export async function showChatForm(container, prompts) {
  const log = element('div', 'chat-log', { role: 'log', 'aria-label': 'Conversation' });
  const input = element('input', '', { name: 'message', placeholder: 'Add stock, write a bill…', 'aria-label': 'Message', autocomplete: 'off', maxlength: '2000' });
  const button = element('button', '', { type: 'submit' }, 'Send');
  const form = element('form', 'chat-form');
  form.append(input, button);
  container.append(element('div', 'chat-header', {}, 'Inventory assistant'), log, form);

  // What can't be reached now is said when a message is sent.
  await showHistory(log).catch(() => undefined);
  if (log.childElementCount === 0) log.append(startScreen(prompts, send));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(input.value.trim());
  });

  async function send(message) {
    if (message === '' || button.disabled) return;
    log.querySelector('.chat-start')?.remove();
    input.value = '';
    button.disabled = true;
    addMessage(log, 'user', message);
    const answer = addMessage(log, 'waiting', '');
    try {
      await streamAnswer(message, answer, log);
    } catch {
      fail(answer, 'The assistant can’t be reached. Please try again.');
    }
    answer.classList.remove('waiting');
    button.disabled = false;
    input.focus();
  }
}

async function streamAnswer(message, answer, log) {
  const response = await sessionFetch(`${API}/chat/stream`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) });
  if (!response.ok) return fail(answer, (await response.json()).message);
  for await (const event of readEvents(response.body)) {
    const follows = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    if (event.delta !== undefined) answer.append(event.delta);
    else if (event.error !== undefined) fail(answer, event.error);
    else finish(answer, event);
    if (follows) log.scrollTop = log.scrollHeight;
  }
}

async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const frames = (buffered + value).split('\n\n');
    buffered = frames.pop();
    for (const frame of frames) if (frame.startsWith('data: ')) yield JSON.parse(frame.slice(6));
  }
}

async function showHistory(log) {
  const response = await sessionFetch(`${API}/history?order=desc`);
  if (!response.ok) return;
  for (const turn of (await response.json()).data.reverse()) {
    addMessage(log, 'user', turn.user_message);
    finish(addMessage(log, '', ''), turn.response);
  }
}

/** The whole answer: what streamed was a part of it. */
function finish(answer, { message, type, structured_data: data, error }) {
  if (type === 'error') return fail(answer, error);
  answer.textContent = message;
  const reply = showReply(type, data);
  if (reply) answer.after(reply);
}

function fail(answer, text) {
  answer.classList.add('error');
  answer.textContent = text;
}

function addMessage(log, kind, text) {
  const message = element('div', `message ${kind}`, { role: 'article' }, text);
  log.append(message);
  log.scrollTop = log.scrollHeight;
  return message;
}

function startScreen(prompts, send) {
  const start = element('div', 'chat-start');
  start.append(element('p', '', {}, 'What came in today?'));
  for (const prompt of prompts) {
    const button = element('button', '', { type: 'button' }, prompt);
    button.addEventListener('click', () => void send(prompt));
    start.append(button);
  }
  return start;
}

export function element(name, className, attributes = {}, text = '') {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}
