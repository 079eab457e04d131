import assert from 'node:assert/strict';
import type { OwnerScope, Store } from '../../store/index.js';
import { newId, randomHex } from '../../store/ids.js';
import type { ContractBackend } from './contract-backend.js';

/** What a case gets: an open store, shared with all other cases, so each uses owners and ids of its own. */
export interface ContractContext {
  store: Store;
  /** As another node sees the backend; the same store where there is no other. */
  other: () => Promise<Store>;
  /** An owner nobody has used. */
  owner: () => OwnerScope;
  advance: (ms: number) => Promise<void>;
  breakConnections: () => Promise<void>;
  outage: () => Promise<() => Promise<void>>;
}

/** @returns the context of a backend, after `setup` of its parts. */
export async function openContractContext(backend: ContractBackend): Promise<ContractContext> {
  await setUp(backend.store);
  let other: Promise<Store> | undefined;
  const openOther = async (): Promise<Store> => {
    if (!backend.second) return backend.store;
    const store = await backend.second();
    await setUp(store);
    return store;
  };
  const scopeOf = backend.scope ?? ((ownerId: string) => ({ ownerId }));
  return {
    store: backend.store,
    other: () => (other ??= openOther()),
    owner: () => scopeOf(`owner-${randomHex(16)}`),
    advance: backend.advance,
    breakConnections: async () => {
      assert.ok(backend.breakConnections, 'this case needs the harness to break connections');
      await backend.breakConnections();
    },
    outage: async () => {
      assert.ok(backend.outage, 'this case needs the harness to take the server away');
      return backend.outage();
    },
  };
}

async function setUp(store: Store): Promise<void> {
  for (const part of [store.threads, store.history, store.sessions, store.runs]) await part.setup?.();
}

/** A thread id nobody has used. */
export const newThreadId = (): string => newId('thread');
