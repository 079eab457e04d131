import type { TurnEvent } from './turn.js';

/** Key of the way in which an output gives its events by itself. */
export const PUSHES = Symbol.for('chatkit-selfhost.pushes');

/**
 * Events that need not be fetched one by one: the engine hands over `emit` and they come as fast as they are made, in order with what tools
 * show meanwhile. Whoever iterates instead gets the same events.
 */
export interface PushedOutput extends AsyncIterable<TurnEvent> {
  [PUSHES]: (emit: (event: TurnEvent) => Promise<void>) => Promise<void>;
}

export function isPushedOutput(output: object): output is PushedOutput {
  return PUSHES in output;
}
