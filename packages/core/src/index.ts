// Stores: the contract of the parts
export type { Store, StorePart, OwnerScope, PageQuery } from './store/index.js';
export type { ThreadStore, ThreadUpdate, ThreadWrite, ThreadWriteResult, TurnBegin, TurnBegun, TurnEnd } from './store/index.js';
export type { NewSession, SessionRecord, SessionStore } from './store/index.js';
export type { HistoryQuery, HistoryStore, TurnOutcome, TurnRecord } from './store/index.js';
export type { Lease, RecoveredRun, RunAppend, RunEnd, RunEvent, RunRecord, RunStart, RunStarted, RunStore } from './store/index.js';

// Stores: what every implementation needs
export { DEFAULT_PAGE_LIMIT, MAX_PAGE_LIMIT, pageLimit, sanitizeJson, sanitizeText, newId, randomHex, ID_PREFIXES, type IdKind } from './store/index.js';

// Errors
export { ChatKitError, type ChatKitErrorOptions } from './errors/chatkit-error.js';
export { StoreUnavailableError } from './errors/store-unavailable-error.js';

// The wire: what stores keep
export type { Attachment, Item, ItemType, Page, Thread, ThreadItem, ThreadStatus } from './protocol/index.js';
