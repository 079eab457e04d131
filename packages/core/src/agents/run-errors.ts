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

/** What a tool, or a guardrail of it, threw, without the SDK's wrapping, where that says more; any other error as it is. */
export function unwrapToolError(error: unknown): unknown {
  if (!(error instanceof ToolCallError)) return error;
  const inner = unwrapToolError(error.error);
  return ChatKitError.isInstance(inner) || isGuardrailTripwire(inner) ? inner : error;
}
