import type { AppTypes, MaybePromise, Turn } from '../app-types.js';
import type { ActionConfig, Item, WidgetRoot } from '../protocol/index.js';
import type { InputOf, OutputOf, Schema } from '../standard-schema.js';
import type { TurnInfo } from './turn.js';

/** `payload` is set by the server when it builds the button; `form` is what the user fills in. */
export interface ActionDefinition<P extends Schema = Schema, F extends Schema = Schema> {
  payload?: P | undefined;
  form?: F | undefined;
  /** False: answered at once, also while an answer is streaming in the thread. Default true. */
  streaming?: boolean | undefined;
}

export type ActionMap = Record<string, ActionDefinition>;

// `{}` is what an intersection of absent parts comes down to.
 
type Fields<S> = unknown extends S ? {} : S extends Schema ? OutputOf<S> : {};
// An action without a payload is called without an argument: `void` is what allows that.
 
type PayloadOf<D> = D extends { payload: infer P extends Schema } ? InputOf<P> : void;
type HandledPayload<D> = Fields<D extends { payload: infer P } ? P : unknown> & Fields<D extends { form: infer F } ? F : unknown>;

export interface ActionEvent<D> {
  /** Validated: the button's payload with the form's fields merged in, as clients send it. */
  payload: HandledPayload<D>;
  /** The clicked widget as stored, loaded anew; null when the action names none. */
  sender: Item<'widget'> | null;
}

/** Return a widget to replace the clicked one. `streaming: false` actions get no sending methods: there is no stream. */
export type ActionHandlers<A extends ActionMap, T extends AppTypes> = {
  [K in keyof A]: (
    turn: A[K] extends { streaming: false } ? TurnInfo<T['context']> : Turn<T>,
    event: ActionEvent<A[K]>,
    // Handlers may just do something and return nothing.
     
  ) => MaybePromise<WidgetRoot | void>;
};

/** Registry: `actions.restock({ sku })` makes the typed action for a button. */
export type Actions<A extends ActionMap> = {
  readonly [K in keyof A]: ((payload: PayloadOf<A[K]>, options?: Partial<Pick<ActionConfig, 'handler' | 'loadingBehavior'>>) => ActionConfig) & {
    readonly definition: A[K];
  };
};

/** Declares the app's widget actions: makers of their buttons' configuration, and the types of their handlers. */
export function defineActions<const A extends ActionMap>(actions: A): Actions<A> {
  const makers = Object.entries(actions).map(([type, definition]) => {
    const make = (payload?: Record<string, unknown>, options: Partial<Pick<ActionConfig, 'handler' | 'loadingBehavior'>> = {}): ActionConfig => ({
      type,
      ...(payload === undefined ? {} : { payload }),
      handler: options.handler ?? 'server',
      loadingBehavior: options.loadingBehavior ?? 'auto',
      streaming: definition.streaming ?? true,
    });
    return [type, Object.assign(make, { definition })];
  });
  return Object.fromEntries(makers) as Actions<A>;
}
