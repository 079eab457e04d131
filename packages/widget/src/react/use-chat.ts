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

/** A chat of your own making: the session's turns, also those from before a refresh, and the answer that is being written. */
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
    void (async () => {
      // A new session has no history to ask for.
      if ((await client.tab.known()) === null) return;
      const { data } = await client.history({ limit: HISTORY, order: 'desc' });
      const before = data.reverse().map((turn) => ({ userMessage: turn.user_message, text: turn.response.message, response: turn.response }));
      if (current) setTurns((now) => [...before, ...now]);
    })().catch((reason: unknown) => {
      if (current) setError(toError(reason));
    });
    return () => {
      current = false;
      setTurns([]);
    };
  }, [client]);

  const send = useCallback(async (message: string) => {
    if (running.current) throw new Error('An answer is still being written.');
    const change = (next: (turn: ChatTurnState<T>) => ChatTurnState<T>): void => setTurns((now) => now.map((turn, index) => (index === now.length - 1 ? next(turn) : turn)));
    setError(null);
    setStreaming(true);
    setTurns((now) => [...now, { userMessage: message, text: '', response: null }]);
    const stream = client.stream({ message });
    running.current = stream;
    try {
      for await (const delta of stream) change((turn) => ({ ...turn, text: turn.text + delta }));
      const response = await stream.response;
      change((turn) => ({ ...turn, text: response.message, response }));
    } catch (reason) {
      if (!(reason instanceof Error && reason.name === 'AbortError')) setError(toError(reason));
    } finally {
      running.current = null;
      setStreaming(false);
    }
  }, [client]);

  const stop = useCallback(() => {
    running.current?.cancel().catch((reason: unknown) => setError(toError(reason)));
  }, []);

  return { turns, isStreaming, error, send, stop };
}
