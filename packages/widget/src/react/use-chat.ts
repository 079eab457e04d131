import type { AppTypes } from '@chatkit-selfhost/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChatKitClient, ChatStream } from '../client/chatkit-client.js';
import type { ChatResponse } from '../client/chat-response.js';
import { toError } from './use-chatkit-session.js';

export interface ChatTurnState<T extends AppTypes> {
  userMessage: string;
  /** As far as it has come. */
  text: string;
  /** Null while it is being written, and when it was stopped. */
  response: ChatResponse<T> | null;
}

const HISTORY = 50;

/**
 * A chat of your own making: the session's turns, also those from before a refresh, and the answer that is being written. Empty after a
 * logout, and when another session has taken the place of one that expired.
 */
export function useChat<T extends AppTypes>(client: ChatKitClient<T>): {
  turns: ChatTurnState<T>[];
  isStreaming: boolean;
  error: Error | null;
  send: (message: string) => Promise<void>;
  stop: () => void;
} {
  const [turns, setTurns] = useState<ChatTurnState<T>[]>([]);
  const [isStreaming, setStreaming] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const running = useRef<ChatStream<T> | null>(null);

  useEffect(() => {
    let current = true;
    let era = 0;
    /** Nothing of another session stays in sight, but what was just said goes on in the new one. */
    const startAnew = (): void => {
      era++;
      setTurns((now) => (running.current ? now.slice(-1) : []));
    };
    const load = async (): Promise<void> => {
      const before = era;
      try {
        // A new session has no history to ask for.
        if ((await client.tab.known()) === null) return;
        const { data } = await client.history({ limit: HISTORY, order: 'desc' });
        const earlier = data.reverse().map((turn) => ({ userMessage: turn.user_message, text: turn.response.message, response: turn.response }));
        if (current && era === before) setTurns((now) => [...earlier, ...now]);
      } catch (reason) {
        if (current && era === before) setError(toError(reason));
      }
    };
    const unsubscribe = client.tab.subscribe((change) => {
      if (change.type === 'logout') {
        running.current = null;
        setStreaming(false);
        setError(null);
      }
      if (change.type !== 'session' || change.isNew) startAnew();
      // Once it is known which session it is now.
      if (change.type === 'thread_lost' && !running.current) queueMicrotask(() => void load());
    });
    void load();
    return () => {
      current = false;
      unsubscribe();
      setTurns([]);
    };
  }, [client]);

  const send = useCallback(async (message: string) => {
    if (running.current) throw new Error('An answer is still being written.');
    const stream = client.stream({ message });
    running.current = stream;
    const change = (next: (turn: ChatTurnState<T>) => ChatTurnState<T>): void => {
      if (running.current === stream) setTurns((now) => now.map((turn, index) => (index === now.length - 1 ? next(turn) : turn)));
    };
    setError(null);
    setStreaming(true);
    setTurns((now) => [...now, { userMessage: message, text: '', response: null }]);
    try {
      for await (const delta of stream) change((turn) => ({ ...turn, text: turn.text + delta }));
      const response = await stream.response;
      change((turn) => ({ ...turn, text: response.message, response }));
    } catch (reason) {
      if (running.current === stream && !(reason instanceof Error && reason.name === 'AbortError')) setError(toError(reason));
    } finally {
      if (running.current === stream) {
        running.current = null;
        setStreaming(false);
      }
    }
  }, [client]);

  const stop = useCallback(() => {
    running.current?.cancel().catch((reason: unknown) => setError(toError(reason)));
  }, []);

  return { turns, isStreaming, error, send, stop };
}
