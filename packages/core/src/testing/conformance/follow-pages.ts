import type { Store } from '../../store/index.js';
import { Bindings } from './bindings.js';
import { findDifference, type Difference } from './find-difference.js';
import { runSteps } from './run-steps.js';
import { isJson, type Json, type Vector } from './vector.js';

/** More pages than any vector has: a cursor that never ends is a fault. */
const MAX_PAGES = 100;

/** Repeats the vector's only request with each page's cursor: the ids of all pages together are the expected ones. */
export async function followPages(vector: Vector, store: Store): Promise<Difference | null> {
  const ids: unknown[] = [];
  const request = vector.steps[0]?.request ?? {};
  const params = request['params'] as Json;
  const limit = typeof params['limit'] === 'number' ? params['limit'] : 20;
  // Every step asks for the page after the one before: the cursor is bound as the pages come.
  const steps = Array.from({ length: MAX_PAGES }, (_, index) => ({ request: index === 0 ? request : { ...request, params: { ...params, after: `<id:page-${String(index)}>` } } }));
  const bindings = new Bindings();
  const problem = await runSteps<Difference | 'done'>({
    vector: { ...vector, steps }, store, bindings,
    check: ({ body, reply }, index) => {
      const page = isJson(body) && Array.isArray(body['data']) ? (body as { data: Json[]; has_more?: boolean; after?: string }) : null;
      if (!page || page.data.length > limit) return { path: `page ${String(index + 1)}`, expected: `at most ${String(limit)} records`, actual: reply.text };
      ids.push(...page.data.map(({ id }) => id));
      if (page.after === undefined) return 'done';
      bindings.bind(`page-${String(index + 1)}`, page.after);
      return null;
    },
  });
  if (problem !== 'done') return problem ?? { path: 'pages', expected: 'an end', actual: `${String(MAX_PAGES)} pages` };
  return findDifference(vector.expect, ids, new Bindings(), 'ids');
}
