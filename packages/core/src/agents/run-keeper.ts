import type { RunStreamEvent } from '@openai/agents';
import type { TurnInternals } from '../engine/turn-internals.js';
import type { AnyStreamedRun } from './agent-types.js';
import { stateWithoutContext, type StoredRun } from './stored-run.js';

/**
 * Keeps how far a run has come that goes on from an approval, each time that tools have run: a retry then goes on after them and repeats none.
 */
export class RunKeeper {
  readonly #result: AnyStreamedRun;
  readonly #internals: TurnInternals;
  #saving: Promise<void> = Promise.resolve();
  #due = false;

  constructor(result: AnyStreamedRun, internals: TurnInternals) {
    this.#result = result;
    this.#internals = internals;
  }

  note(event: RunStreamEvent): void {
    if (!this.#internals.goesOn || event.type !== 'run_item_stream_event' || event.name !== 'tool_output' || this.#due) return;
    // The tools of one answer come one after another: one write is enough for all that are there by now.
    this.#due = true;
    this.#saving = this.#saving.then(async () => {
      this.#due = false;
      const run = stateWithoutContext(this.#result);
      // With its output at hand there would be nothing to go on with.
      if (run.currentStep?.type !== 'next_step_run_again' && run.currentStep?.type !== 'next_step_interruption') return;
      // A retry has the calls of the model that it is given, whatever the earlier try used up.
      const stored: StoredRun = { kind: 'agent_run', callId: '', run: { ...run, currentTurn: Math.min(run.currentTurn, 1) } };
      await this.#internals.keepRun(JSON.stringify(stored));
    }).catch(() => {
      // What was kept before stays: at worst the user is asked about the same call again.
    });
  }

  /** What is noted is stored, with its place in the thread before all that is shown from now on. */
  settled(): Promise<void> {
    return this.#saving;
  }

  /** There is an answer: nothing is to be gone on with. */
  async done(): Promise<void> {
    await this.settled();
    if (this.#internals.goesOn) await this.#internals.keepRun(null);
  }
}
