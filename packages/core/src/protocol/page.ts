import * as z from 'zod';
import { defaulted, optional, wireObject } from './lenient.js';

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
