import {
  InputGuardrailTripwireTriggered, ModelRefusalError, OutputGuardrailTripwireTriggered, ToolCallError, ToolInputGuardrailTripwireTriggered,
  ToolOutputGuardrailTripwireTriggered,
} from '@openai/agents';
import { ChatKitError } from '../errors/chatkit-error.js';

/** A guardrail has refused what the run was given or has made: nothing of it may stay. */
export function isGuardrailTripwire(error: unknown): boolean {
  return (
    error instanceof InputGuardrailTripwireTriggered ||
    error instanceof OutputGuardrailTripwireTriggered ||
    error instanceof ToolInputGuardrailTripwireTriggered ||
    error instanceof ToolOutputGuardrailTripwireTriggered
  );
}

/** The model has refused to answer; its refusal is a message like any other. */
export function isRefusal(error: unknown): error is ModelRefusalError {
  return error instanceof ModelRefusalError;
}

/** The error for the user that a tool threw, without the SDK's wrapping; any other error as it is. */
export function unwrapToolError(error: unknown): unknown {
  return error instanceof ToolCallError && ChatKitError.isInstance(error.error) ? error.error : error;
}
