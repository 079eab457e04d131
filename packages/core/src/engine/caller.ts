import type { OwnerScope, SessionRecord } from '../store/index.js';

/** Who makes a request, as far as it is known once the request was let in. */
export interface Caller {
  /** What stores see. */
  scope: OwnerScope;
  /** What `authenticate` returned, or the owner alone. */
  context: OwnerScope;
  session: SessionRecord | null;
  locale: string;
  requestId: string;
}
