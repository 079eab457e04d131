import type { Reply } from './response/response-types.js';
import type { OwnerScope } from './store/index.js';
import type { TurnHandle } from './engine/turn.js';

/** One bag of type facts about an app instead of a row of type parameters; new facts never break old code. */
export interface AppTypes {
  context: OwnerScope;
  // Empty on purpose: an app without response types of its own.
   
  responseTypes: {};
}

/** The context type that an `authenticate` function yields. */
// Parameters are contravariant: only `any` accepts every function.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type ContextOf<F extends (...parameters: any) => unknown> = NonNullable<Awaited<ReturnType<F>>>;

/** `Turn` fits any app; `Turn<{ context: ...; responseTypes: typeof responseTypes }>` is your app's. */
export type Turn<T extends AppTypes = AppTypes> = TurnHandle<T['context'], Reply<T>>;

export type MaybePromise<T> = T | Promise<T>;
