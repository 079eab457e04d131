import type { AppTypes } from '../app-types.js';
import type { WidgetRoot } from '../protocol/index.js';
import type { InputOf, OutputOf, Schema } from '../standard-schema.js';

/** A named, typed structured reply of the app, such as `item_created`. */
export interface ResponseType<S extends Schema = Schema> {
  schema: S;
  /** Shown in ChatKit threads. `/chat` clients get the data as `structured_data`. */
  widget?: ((data: OutputOf<S>) => WidgetRoot) | undefined;
  /** The message when the model wrote no text beside the data. */
  message?: ((data: OutputOf<S>) => string) | undefined;
}

/** `text` and `error` are built in. (Barred here: an intersection on the parameter breaks inference before TypeScript 5.7.) */
export type SchemaMap = Record<string, Schema> & { text?: never; error?: never };
export type ResponseTypesOf<R extends SchemaMap> = { [K in keyof R]: ResponseType<R[K]> };

/** Declares the app's response types; the schemas' types flow to `turn.reply` and to the browser client. */
export function defineResponseTypes<R extends SchemaMap>(types: ResponseTypesOf<R>): ResponseTypesOf<R> {
  return types;
}

export type SchemaOf<D> = D extends ResponseType<infer S> ? S : never;
export type ResponseTypeNames<T extends AppTypes> = keyof T['responseTypes'] & string;

/** `{ type, data }`, one variant for each response type. */
export type Reply<T extends AppTypes> = {
  [K in ResponseTypeNames<T>]: { type: K; data: InputOf<SchemaOf<T['responseTypes'][K]>>; message?: string | undefined };
}[ResponseTypeNames<T>];

/** A reply as the engine sees it, whatever the app. */
export interface AnyReply {
  type: string;
  data: unknown;
  message?: string | undefined;
}

/** The registry as the engine sees it, whatever the app. */
// Only `any` accepts the schemas of every app: their types are in places of both variances.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type ResponseTypeRegistry = Record<string, ResponseType<any>>;
