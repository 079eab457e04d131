import { ChatKitError } from '../errors/chatkit-error.js';
import { describeIssue, formatPath } from '../protocol/describe-issue.js';
import { pageQuerySchema } from '../protocol/request.js';
import type { PageQuery } from '../store/index.js';

/** Which part of a list an address asks for, by the rules of the protocol's own lists. Throws 400 with the parameter's name. */
export function readPageQuery({ url }: Request, { maxPageSize }: { maxPageSize: number }): PageQuery {
  const parsed = pageQuerySchema.safeParse(Object.fromEntries(new URL(url).searchParams));
  if (parsed.success) return { ...parsed.data, limit: Math.min(parsed.data.limit, maxPageSize) };
  const [issue] = parsed.error.issues;
  throw new ChatKitError({ code: 'invalid_request', message: issue ? describeIssue(issue) : 'expected another query', status: 400, path: formatPath(issue?.path ?? []) });
}
