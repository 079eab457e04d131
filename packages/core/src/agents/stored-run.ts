import type { AnyStreamedRun } from './agent-types.js';

/** A run that some later turn goes on with: what is stored with a request for approval, and for a retry. */
export interface StoredRun {
  kind: 'agent_run';
  /** The call that the user is asked about; '' when it is not about one. */
  callId: string;
  run: unknown;
}

/** The context of a run is never stored: it is made anew for the turn that goes on with it. */
export function stateWithoutContext({ state }: AnyStreamedRun): ReturnType<AnyStreamedRun['state']['toJSON']> {
  const json = state.toJSON();
  return { ...json, context: { ...json.context, context: {} } };
}

/** Null for a state that is not of an agent's run. */
export function parseStored(state: string): StoredRun | null {
  try {
    const value = JSON.parse(state) as Partial<StoredRun> | null;
    return value?.kind === 'agent_run' && typeof value.callId === 'string' ? (value as StoredRun) : null;
  } catch {
    return null;
  }
}
