import type { RunRecord } from '@chatkit-selfhost/core';

/** A run as its scripts answer it. */
export type RunReply = [id: string, threadId: string, ownerId: string, fence: string, status: string, lastSeq: string, cancel: string, leaseExpired: string];

export function toRunRecord([runId, threadId, ownerId, fence, status, lastSeq, cancel, leaseExpired]: RunReply): RunRecord {
  return {
    runId, threadId, ownerId,
    fence: Number(fence),
    // Only the scripts write it, and only these values.
    status: status as RunRecord['status'],
    lastSeq: Number(lastSeq),
    cancelRequested: cancel === '1',
    leaseExpired: leaseExpired === '1',
  };
}
