'use client';

import { createElement, useMemo, type ReactNode } from 'react';
import { createChatKitClient } from '../client/create-chatkit-client.js';
import type { ChatKitClientOptions } from '../client/chatkit-client.js';
import type { MountConfig } from '../mount/mount-chatkit.js';
import { SelfHostedChatKit } from '../react/self-hosted-chatkit.js';

export type AssistantProps = Omit<MountConfig, 'client'> & {
  /** Default: `NEXT_PUBLIC_AGENT_API_URL`, else `http://localhost:8000/agent`. */
  url?: string | undefined;
} & Pick<ChatKitClientOptions, 'headers'>;

/** Next.js replaces the whole expression when it builds; elsewhere there is no `process`. */
function addressFromEnvironment(): string | undefined {
  try {
    return process.env.NEXT_PUBLIC_AGENT_API_URL;
  } catch {
    return undefined;
  }
}

/** Put it into the root layout: the assistant is on every route and stays while the user goes from one to the next. */
export function Assistant({ url, headers, placement = 'floating', ...config }: AssistantProps): ReactNode {
  const address = url ?? addressFromEnvironment();
  // A client lives as long as the layout: `headers` is read when it is made.
  const client = useMemo(() => createChatKitClient({ url: address, headers }), [address]);
  return createElement(SelfHostedChatKit, { ...config, placement, client });
}
