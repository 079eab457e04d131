/** What a value becomes on its way through JSON: a Date is a string, functions and undefined are gone. */
export type Json<T> = T extends { toJSON: () => infer J }
  ? J
  : T extends readonly (infer E)[]
    ? Json<E>[]
    : T extends object
      ? { [K in keyof T as T[K] extends ((...args: never) => unknown) | symbol | undefined ? never : K]: Json<T[K]> }
      : T;
