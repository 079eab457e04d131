import { TURN_INTERNALS, type TurnInternals, type WithTurnInternals } from '../engine/turn-internals.js';

/** What the engine offers beside the public handle. Throws for anything that is not a turn of the engine. */
export function internalsOf(turn: object): TurnInternals {
  const internals = (turn as Partial<WithTurnInternals>)[TURN_INTERNALS];
  if (!internals) throw new TypeError('This is not a turn of createChatKit: pass the turn that the responder was given.');
  return internals;
}

export function isTurn(value: unknown): value is object & WithTurnInternals {
  return typeof value === 'object' && value !== null && TURN_INTERNALS in value;
}
