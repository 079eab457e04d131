import type { AppTypes, Json, OutputOf, ResponseTypeNames, SchemaOf } from '@chatkit-selfhost/core';

/** The answer of `POST /chat`, as sent: data is in its JSON form. `type` narrows `structured_data`. */
export type ChatResponse<T extends AppTypes> = {
  session_id: string;
  thread_id: string;
  message: string;
  /** RFC 3339, UTC. */
  timestamp: string;
} & (
  | { type: 'text'; structured_data?: undefined }
  | { type: 'error'; error: string; error_code: string; structured_data?: undefined }
  | { [K in ResponseTypeNames<T>]: { type: K; structured_data: Json<OutputOf<SchemaOf<T['responseTypes'][K]>>> } }[ResponseTypeNames<T>]
);
