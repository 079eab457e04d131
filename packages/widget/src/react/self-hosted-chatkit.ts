import { createElement, useEffect, useRef, type ReactNode } from 'react';
import { mountChatKit, type MountConfig, type MountedChatKit } from '../mount/mount-chatkit.js';

export type SelfHostedChatKitProps = MountConfig & { className?: string | undefined };

/**
 * The chat as a component: an empty box on the server, the element in the browser. Callbacks may change with every rendering; a prop that is
 * taken away goes back to its default.
 */
export function SelfHostedChatKit({ className, ...config }: SelfHostedChatKitProps): ReactNode {
  const box = useRef<HTMLDivElement | null>(null);
  const mounted = useRef<MountedChatKit | null>(null);
  const latest = useRef(config);

  useEffect(() => {
    const takenAway = Object.keys(latest.current).filter((name) => !(name in config)).map((name) => [name, undefined] as const);
    latest.current = config;
    mounted.current?.update({ ...Object.fromEntries(takenAway), ...config });
  });

  const { client, placement, renderer, selfHostedUrl, scriptUrl } = config;
  useEffect(() => {
    if (!box.current) return;
    const chat = mountChatKit(box.current, latest.current);
    mounted.current = chat;
    return () => {
      mounted.current = null;
      chat.dispose();
    };
    // What can't be changed on an element that is there.
  }, [client, placement, renderer, selfHostedUrl, scriptUrl]);

  return createElement('div', { ref: box, className, style: className === undefined && placement !== 'floating' ? { width: '100%', height: '100%' } : undefined });
}
