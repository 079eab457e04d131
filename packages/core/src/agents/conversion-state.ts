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

export function createConversionState(turn: Turn, internals: TurnInternals, converters: ResponseConverters): ConversionState {
  const images = new GeneratedImages(turn, converters);
  return {
    converters,
    images,
    messages: new Messages(turn),
    // An image belongs to the thinking around it.
    reasoning: new ReasoningWorkflow(turn, internals, (item) => images.owns(item)),
  };
}
