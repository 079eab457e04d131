import { ChatKit, useChatKit } from '@openai/chatkit-react';
import { StrictMode, createElement } from 'react';
import { createRoot } from 'react-dom/client';

type Entry = [name: string, detail: unknown];

const calls: Entry[] = [];
const log = (name: string) => (detail?: unknown): void => void calls.push([name, detail instanceof Error ? detail.message : detail]);

/** A page as people write it for the official element: unmodified @openai/chatkit-react. */
function App(): ReturnType<typeof createElement> {
  const chat = useChatKit({
    api: { url: '/chatkit', domainKey: 'local' },
    startScreen: { greeting: 'From React' },
    composer: { tools: [{ id: 'tool', label: 'Tool', icon: 'bolt' }] },
    onClientTool: ({ name }) => ({ ran: name }),
    onReady: log('ready'),
    onError: ({ error }) => log('error')(error.message),
    onResponseStart: log('response.start'),
    onResponseEnd: log('response.end'),
    onThreadChange: log('thread.change'),
    onThreadLoadStart: log('thread.load.start'),
    onThreadLoadEnd: log('thread.load.end'),
    onToolChange: log('tool.change'),
    onHistoryOpen: log('history.open'),
    onHistoryClose: log('history.close'),
    onEffect: log('effect'),
    onDeeplink: log('deeplink'),
    onLog: log('log'),
  });
  Object.assign(window, { chat, calls });
  return createElement(ChatKit, { control: chat.control, style: { display: 'block', height: '100vh' } });
}

const container = document.querySelector('#app');
if (container) createRoot(container).render(createElement(StrictMode, null, createElement(App)));
