/** A part of a user message for the model. */
export type InputPart =
  | { type: 'input_text'; text: string }
  /** `image`: an http(s) address or a data URL. */
  | { type: 'input_image'; image: string }
  | { type: 'input_file'; file: string | { url: string }; filename?: string };

/** A part of an assistant message for the model. */
export interface OutputPart {
  type: 'output_text';
  text: string;
  /**
   * Passed on to the provider by the Agents SDK, such as `{ annotations }` with raw citations for the Responses API. Never set by the default
   * converters: what is stored of a citation is what was shown of it, and other APIs refuse the field.
   */
  providerData?: Record<string, unknown> | undefined;
}

/** Model input with typed roles: a structural subset of the Agents SDK's `AgentInputItem`, so it needs no conversion there and no dependency here. */
export type ModelInputItem =
  | { role: 'system'; content: string }
  | { role: 'user'; content: InputPart[] }
  | { role: 'assistant'; status: 'completed'; content: OutputPart[] }
  | { type: 'function_call'; callId: string; name: string; arguments: string; status: 'completed' }
  | { type: 'function_call_result'; callId: string; name: string; output: string; status: 'completed' };
