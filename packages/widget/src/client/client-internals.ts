import type { Api } from './api-fetch.js';

/** What mounting needs of a client beyond its public face. */
export interface ClientInternals {
  api: Api;
}

/** By symbol and not by a map of this module: the browser bundle and the modules may both be on a page. */
const INTERNALS = Symbol.for('chatkit-selfhost.client');

export function connectClient(client: object, internals: ClientInternals): void {
  Object.defineProperty(client, INTERNALS, { value: internals });
}

/** Undefined for a client that was not made here. */
export function internalsOf(client: object): ClientInternals | undefined {
  return (client as { [INTERNALS]?: ClientInternals })[INTERNALS];
}
