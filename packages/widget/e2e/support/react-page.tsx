import { createRoot } from 'react-dom/client';
import { useState } from 'react';
import { createChatKitClient } from '../../src/index.js';
import { SelfHostedChatKit, useChat, useChatKitSession } from '../../src/react/index.js';

// Without an address, as in development.
const client = createChatKitClient();

function OwnChat() {
  const { sessionId, isLoading, error: refusal, renew } = useChatKitSession(client);
  const { turns, isStreaming, error, send, stop } = useChat(client);
  return (
    <section aria-label="Own chat">
      <output aria-label="Session">{isLoading ? 'loading' : (sessionId ?? 'none')}</output>
      {refusal && <p role="alert">Session: {refusal.message}</p>}
      {error && <p role="alert">Chat: {error.message}</p>}
      <ol>{turns.map((turn, index) => <li key={index} data-state={turn.response?.type ?? 'none'}>{turn.userMessage}: {turn.text}</li>)}</ol>
      <button onClick={() => void send('quick question')}>Ask</button>
      <button onClick={() => void send('Go on')}>Tell</button>
      <button onClick={stop} disabled={!isStreaming}>Stop</button>
      <button onClick={() => void renew()}>Renew</button>
    </section>
  );
}

function Element() {
  const [isGreeting, setGreeting] = useState(true);
  const [isThere, setThere] = useState(true);
  return (
    <section aria-label="Element" style={{ height: 300 }}>
      <button onClick={() => setGreeting(!isGreeting)}>Greeting</button>
      <button onClick={() => setThere(!isThere)}>Element on the page</button>
      {isThere && <SelfHostedChatKit client={client} scriptUrl="/official.js" placeholder="Ask" {...(isGreeting ? { greeting: 'Hello' } : {})} />}
    </section>
  );
}

const root = createRoot(document.querySelector('#chat') ?? document.body);
root.render(location.search === '?element' ? <Element /> : <OwnChat />);
