import type { AppTypes } from '@chatkit-selfhost/core';
import type { ChatStream } from './chatkit-client.js';

/** Stands for a stream until it is there. */
export function streamToCome<T extends AppTypes>(opening: Promise<ChatStream<T>>): ChatStream<T> {
  const response = opening.then((stream) => stream.response);
  // Whoever iterates hears of it there.
  response.catch(() => undefined);
  return {
    response,
    // What does not come needs no stop.
    cancel: () => opening.then((stream) => stream.cancel(), () => undefined),
    async *[Symbol.asyncIterator]() {
      yield* await opening;
    },
  };
}
