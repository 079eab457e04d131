import type { Page } from '../page.js';

/** A page whose elements are made ready to send by the given function. */
export function pageToWire<T>(page: Page<T>, elementToWire: (element: T) => object): object {
  return {
    data: page.data.map((element) => elementToWire(element)),
    has_more: page.has_more ?? false,
    after: page.after ?? undefined,
  };
}
