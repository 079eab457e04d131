import type { ChatKitEvents } from '@openai/chatkit';

export type EventDetail<K extends keyof ChatKitEvents> = ChatKitEvents[K]['detail'];

/** Dispatches one of the element's events. */
export type Emit = <K extends keyof ChatKitEvents>(name: K, ...detail: EventDetail<K> extends void ? [] : [EventDetail<K>]) => void;

export function toError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value));
}
