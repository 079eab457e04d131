import * as z from 'zod';
import { defaulted, optional, wireObject } from './lenient.js';

/** Page size when a query names none. */
export const DEFAULT_PAGE_LIMIT = 20;
/** The most records any page holds, whatever is asked for. */
export const MAX_PAGE_LIMIT = 100;

/** One page of a list. `after` is the cursor of the next page and absent on the last one. */
export interface Page<T> {
  data: T[];
  has_more: boolean;
  after?: string | undefined;
}

/** The schema of a page of elements. */
export function pageSchema<S extends z.ZodType>(element: S) {
  return wireObject({
    data: z.array(element),
    has_more: defaulted(z.boolean(), () => false),
    after: optional(z.string()),
  });
}
