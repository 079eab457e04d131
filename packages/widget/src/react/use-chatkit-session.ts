import type { ChatKitClient } from '../client/chatkit-client.js';
import { useCallback, useEffect, useState } from 'react';

interface SessionState {
  sessionId: string | null;
  isLoading: boolean;
  error: Error | null;
}

/** This tab's session: restored after a refresh, created when there is none, and always the one that is alive. */
// Only `any` accepts a client of every app.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function useChatKitSession(client: ChatKitClient<any>): SessionState & { renew: () => Promise<void> } {
  const [state, setState] = useState<SessionState>({ sessionId: null, isLoading: true, error: null });

  useEffect(() => {
    let current = true;
    const show = (next: SessionState): void => {
      if (current) setState(next);
    };
    const unsubscribe = client.tab.subscribe((change) => {
      if (change.type === 'session') show({ sessionId: change.sessionId, isLoading: false, error: null });
      if (change.type === 'logout') show({ sessionId: null, isLoading: false, error: null });
    });
    client.session().then(
      ({ sessionId }) => show({ sessionId, isLoading: false, error: null }),
      (error: unknown) => show({ sessionId: null, isLoading: false, error: toError(error) }),
    );
    return () => {
      current = false;
      unsubscribe();
    };
  }, [client]);

  const renew = useCallback(async () => {
    try {
      // Without a session there is none to renew: then this is the next try to get one.
      await (client.tab.threadId() === null && (await client.tab.known()) === null ? client.session() : client.tab.renew());
    } catch (error) {
      setState({ sessionId: null, isLoading: false, error: toError(error) });
    }
  }, [client]);

  return { ...state, renew };
}

export function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
