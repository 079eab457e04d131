/** A part of a user message for the model. */
export type InputPart =
  | { type: 'input_text'; text: string }
  /** `image`: an http(s) address or a data URL. */
  | { type: 'input_image'; image: string }
  | { type: 'input_file'; file: string | { url: string }; filename?: string };

/** Model input with typed roles: a structural subset of the Agents SDK's `AgentInputItem`, so it needs no conversion there and no dependency here. */
export type ModelInputItem =
  | { role: 'system'; content: string }
  | { role: 'user'; content: InputPart[] }
  | { role: 'assistant'; status: 'completed'; content: { type: 'output_text'; text: string }[] }
  | { type: 'function_call'; callId: string; name: string; arguments: string; status: 'completed' }
  | { type: 'function_call_result'; callId: string; name: string; output: string; status: 'completed' };
