import type { Turn } from '../app-types.js';
import type { TurnInternals } from '../engine/turn-internals.js';
import { GeneratedImages } from './generated-images.js';
import { Messages } from './messages.js';
import { ReasoningWorkflow } from './reasoning-workflow.js';
import type { ResponseConverters } from './response-converters.js';

/** What is under way in one run. */
export interface ConversionState {
  readonly converters: ResponseConverters;
  readonly messages: Messages;
  readonly reasoning: ReasoningWorkflow;
  readonly images: GeneratedImages;
}

export function createConversionState(options: {
  turn: Turn;
  internals: TurnInternals;
  converters: ResponseConverters;
  /** Resolves when all events so far have arrived. */
  settle: () => Promise<void>;
}): ConversionState {
  const { turn, converters } = options;
  const images = new GeneratedImages(turn, converters);
  // An image belongs to the thinking around it; a message ends it.
  const reasoning = new ReasoningWorkflow({ ...options, keeps: (item) => images.owns(item), streamAll: converters.streamAllThoughts ?? false });
  return { converters, images, reasoning, messages: new Messages(turn, () => reasoning.end()) };
}
