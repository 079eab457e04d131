import { createRoot } from 'react-dom/client';
import { createChatKitClient } from '../../src/index.js';
import { useChat } from '../../src/react/index.js';

const here = window as unknown as { given: { apiUrl: string }; client: ReturnType<typeof createChatKitClient>; send: (message: string) => void };
here.client = createChatKitClient({ url: here.given.apiUrl });

function OwnChat() {
  const { turns, isStreaming, error, send } = useChat(here.client);
  here.send = (message) => void send(message);
  return (
    <section aria-label="Own chat" aria-busy={isStreaming}>
      {turns.map((turn, index) => <p key={index}>{turn.userMessage}: {turn.text}</p>)}
      {error && <p role="alert">{error.message}</p>}
    </section>
  );
}

const box = document.querySelector('#chat');
if (box) createRoot(box).render(<OwnChat />);
