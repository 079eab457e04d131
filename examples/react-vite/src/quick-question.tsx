import { useChat, useChatKitSession } from '@chatkit-selfhost/widget/react';
import { useState } from 'react';
import { client } from './client.ts';

export function QuickQuestion() {
  const { isLoading, error } = useChatKitSession(client);
  const { turns, isStreaming, send, stop } = useChat(client);
  const [text, setText] = useState('');
  if (isLoading) return <p>Connecting…</p>;
  if (error) return <p role="alert">{error.message}</p>;
  return (
    <section aria-label="Quick question">
      <ol>
        {turns.map((turn, index) => (
          <li key={index}>
            {turn.userMessage}: {turn.response?.type === 'item_list' ? <b>{turn.response.structured_data.items.length} items</b> : turn.text}
          </li>
        ))}
      </ol>
      <form onSubmit={(event) => {
        event.preventDefault();
        setText('');
        void send(text);
      }}>
        <input aria-label="Question" value={text} onChange={(event) => setText(event.target.value)} />
        {isStreaming ? <button type="button" onClick={stop}>Stop</button> : <button>Ask</button>}
      </form>
    </section>
  );
}
