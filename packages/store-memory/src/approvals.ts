import { sanitizeText } from '@chatkit-selfhost/core';
import { getOrMake } from './get-or-make.js';

interface Approval {
  threadId: string;
  state: string;
  expiresAt: number;
}

export interface Approvals {
  save: (ownerId: string, approval: { id: string; threadId: string; state: string; lifetimeMs?: number | undefined }) => void;
  claim: (ownerId: string, id: string) => { threadId: string; state: string; remainingMs?: number } | null;
  deleteThread: (ownerId: string, threadId: string) => void;
  deleteOwner: (ownerId: string) => void;
  deleteExpired: () => void;
}

/** Open questions to the user, by owner: a claim takes the approval out, so a second one finds none. */
export function approvalsOf(now: () => number): Approvals {
  const owners = new Map<string, Map<string, Approval>>();
  const remove = (ownerId: string, owned: Map<string, Approval>, id: string): void => {
    owned.delete(id);
    if (owned.size === 0) owners.delete(ownerId);
  };
  return {
    save: (ownerId, { id, threadId, state, lifetimeMs = Infinity }) => {
      getOrMake(owners, ownerId, () => new Map<string, Approval>()).set(id, { threadId, state: sanitizeText(state), expiresAt: now() + lifetimeMs });
    },
    claim: (ownerId, id) => {
      const owned = owners.get(ownerId);
      const approval = owned?.get(id);
      if (!owned || !approval) return null;
      remove(ownerId, owned, id);
      const { threadId, state, expiresAt } = approval;
      if (expiresAt === Infinity) return { threadId, state };
      const remainingMs = expiresAt - now();
      return remainingMs > 0 ? { threadId, state, remainingMs } : null;
    },
    deleteThread: (ownerId, threadId) => {
      const owned = owners.get(ownerId);
      if (!owned) return;
      for (const [id, approval] of owned) if (approval.threadId === threadId) remove(ownerId, owned, id);
    },
    deleteOwner: (ownerId) => {
      owners.delete(ownerId);
    },
    deleteExpired: () => {
      for (const [ownerId, owned] of owners) for (const [id, { expiresAt }] of owned) if (expiresAt <= now()) remove(ownerId, owned, id);
    },
  };
}
