import { SelfHostedChatKit } from '@chatkit-selfhost/widget/react';
import { useState } from 'react';
import { client } from './client.ts';
import { QuickQuestion } from './quick-question.tsx';

/** Both ways: the whole chat as a component, and a chat of your own making. */
export function App() {
  const [threads, setThreads] = useState(0);
  return (
    <main>
      <h1>Shop</h1>
      <QuickQuestion />
      <p>Conversations: {threads}</p>
      <div style={{ height: 600, maxWidth: 480 }}>
        <SelfHostedChatKit client={client} greeting="What came in today?" selfHostedUrl="/chatkit.js" on={{ threadChange: ({ threadId }) => setThreads(threads + (threadId === null ? 0 : 1)) }} />
      </div>
    </main>
  );
}
