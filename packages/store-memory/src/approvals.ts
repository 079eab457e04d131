import { sanitizeText } from '@chatkit-selfhost/core';
import { getOrMake } from './get-or-make.js';

interface Approval {
  threadId: string;
  state: string;
}

export interface Approvals {
  save: (ownerId: string, approval: Approval & { id: string }) => void;
  claim: (ownerId: string, id: string) => Approval | null;
  deleteThread: (ownerId: string, threadId: string) => void;
  deleteOwner: (ownerId: string) => void;
}

/** Open questions to the user, by owner: a claim takes the approval out, so a second one finds none. */
export function approvalsOf(): Approvals {
  const owners = new Map<string, Map<string, Approval>>();
  const remove = (ownerId: string, owned: Map<string, Approval>, id: string): void => {
    owned.delete(id);
    if (owned.size === 0) owners.delete(ownerId);
  };
  return {
    save: (ownerId, { id, threadId, state }) => {
      getOrMake(owners, ownerId, () => new Map<string, Approval>()).set(id, { threadId, state: sanitizeText(state) });
    },
    claim: (ownerId, id) => {
      const owned = owners.get(ownerId);
      const approval = owned?.get(id);
      if (!owned || !approval) return null;
      remove(ownerId, owned, id);
      return approval;
    },
    deleteThread: (ownerId, threadId) => {
      const owned = owners.get(ownerId);
      if (!owned) return;
      for (const [id, approval] of owned) if (approval.threadId === threadId) remove(ownerId, owned, id);
    },
    deleteOwner: (ownerId) => {
      owners.delete(ownerId);
    },
  };
}
