import { createFetchHandler } from '../http/fetch-handler.js';
import { toWebResponse } from '../http/http-response.js';
import { errorResponse } from '../http/error-response.js';
import { ChatKitError } from '../errors/chatkit-error.js';
import { recentMessages } from '../model-input/recent-messages.js';
import { ResponseParser } from '../response/response-parser.js';
import type { ResponseTypeRegistry, ResponseTypesOf, SchemaMap } from '../response/response-types.js';
import { recoverRuns } from '../runs/recover-runs.js';
import { DEFAULT_LEASE_MS, RunHub } from '../runs/run-hub.js';
import { assertOwnerId } from '../session/assert-owner-id.js';
import { SessionManager } from '../session/session-manager.js';
import { newId, type OwnerScope, type Store } from '../store/index.js';
import type { ActionMap } from './actions.js';
import { collectActions } from './collect-actions.js';
import { describeError, isOutage } from './describe-error.js';
import type { Engine } from './engine.js';
import { createLifecycle } from './lifecycle.js';
import type { ChatKitServer, ChatKitServerOptions } from './options.js';
import { resolveApprovals } from './resolve-approvals.js';
import { resolveLimits } from './resolve-limits.js';

/** The type bag of an app made with these parameters. */
type Types<C extends OwnerScope, R extends SchemaMap> = { context: C; responseTypes: ResponseTypesOf<R> };

/**
 * The ChatKit server: the official protocol, the simple API, sessions and runs, on a store.
 *
 * @example
 * const chatkit = createChatKit({ store: memoryStore(), async *respond({ userText }) { yield `You said: ${userText}`; } });
 */
export function createChatKit<
  C extends OwnerScope = OwnerScope,
  // Without response types or actions there is nothing to name.
   
  R extends SchemaMap = {},
   
  A extends ActionMap = {},
  S extends OwnerScope = OwnerScope,
>(
  options: ChatKitServerOptions<C, R, A, S> &
    // Handlers are required as soon as there are actions, a scope as soon as the store asks for more than the owner.
     
    ([keyof A] extends [never] ? {} : { onAction: {} }) &
     
    ([OwnerScope] extends [S] ? {} : { scope: {} }),
): ChatKitServer<Types<C, R>> {
  // Inside, the app's types are gone: what `authenticate` returned is an owner, what `scope` returned is the store's.
  const erased = options as unknown as ErasedOptions;
  const engine = createEngine(erased);
  const scope = erased.scope ?? ((context: OwnerScope) => ({ ownerId: context.ownerId }));
  const sessions = new SessionManager({ ...erased.sessions, maxPerOwner: engine.limits.maxSessionsPerOwner, store: erased.store, now: engine.now });
  const lifecycle = createLifecycle(engine, sessions);
  const handle = createFetchHandler({
    engine, sessions, scope, cors: erased.cors, ready: lifecycle.ready,
    authenticate: erased.authenticate ?? null,
    accept: erased.sessions?.accept ?? ['bearer', 'header', 'body'],
  });
  const basePath = normalizeBasePath(erased.basePath ?? '/agent');

  return {
    handle,
    fetch: async (request) => {
      const path = pathBelow(basePath, new URL(request.url).pathname);
      if (path === null) return toWebResponse(errorResponse(new ChatKitError({ code: 'not_found', message: 'There is nothing at this address.', status: 404 }), newId('request')));
      return toWebResponse(await handle(request, { path }));
    },
    ready: lifecycle.ready,
    close: lifecycle.close,
    sessions,
    runs: {
      cancel: async ({ ownerId, runId }) => {
        assertOwnerId(ownerId, 'runs.cancel');
        return engine.hub.cancel({ ownerId }, runId);
      },
    },
    cleanup: lifecycle.cleanup,
    startCleanup: lifecycle.startCleanup,
    deleteOwner: lifecycle.deleteOwner,
    maxBodyBytes: engine.limits.maxBodyBytes,
    [Symbol.asyncDispose]: () => lifecycle.close(),
  };
}

type ErasedOptions = Omit<ChatKitServerOptions<OwnerScope, SchemaMap, ActionMap, OwnerScope>, 'respond' | 'responseTypes' | 'actions' | 'onAction' | 'store'> & {
  store: Store;
  respond: Engine['respond'];
  responseTypes?: ResponseTypeRegistry;
  actions?: Parameters<typeof collectActions>[0];
  onAction?: Parameters<typeof collectActions>[1];
};

function createEngine(options: ErasedOptions): Engine {
  const logger = options.logger ?? console;
  const { store, allowCancel = true } = options;
  const background = new Set<Promise<unknown>>();
  const report: Engine['report'] = (error, { requestId }) => {
    logger.error(isOutage(error) ? 'chatkit: store unavailable' : 'chatkit: unexpected error', { requestId, error: describeError(error) });
    // A hook that fails, at once or later, must not take the answer (or the process) with it.
    void (async () => options.hooks?.error?.(error, { requestId }))().catch((failure: unknown) => {
      logger.error('chatkit: hooks.error failed', { requestId, error: describeError(failure) });
    });
  };
  const turnEnd: Engine['turnEnd'] = async (record) => options.hooks?.turnEnd?.(record);
  const hub = new RunHub({
    store,
    recover: async (runId) => (await recoverRuns({ store, leaseMs: DEFAULT_LEASE_MS, limit: 1, runId, onRecovered: turnEnd })) > 0,
  });
  const { modelInput = recentMessages() } = options;
  return {
    store, hub, logger, report, turnEnd,
    parser: new ResponseParser({
      types: options.responseTypes ?? {},
      onRejected: ({ type, issues }) => logger.warn('chatkit: a reply did not fit its response type and is shown as text', { type, paths: issues.map((issue) => issue.path) }),
    }),
    respond: options.respond,
    actions: options.actions ? collectActions(options.actions, options.onAction ?? {}) : null,
    modelInput: Array.isArray(modelInput) ? modelInput : [modelInput],
    itemConverters: options.itemConverters ?? {},
    uploads: options.uploads ?? null,
    deleteAttachmentsWithThread: options.deleteAttachmentsWithThread ?? false,
    fillPages: options.fillPages ?? false,
    transcribe: options.transcribe ?? null,
    onFeedback: options.onFeedback ?? null,
    titles: options.titles ?? null,
    approvals: resolveApprovals(options.approvals),
    streamOptions: ({ thread }) => ({ allow_cancel: typeof allowCancel === 'function' ? allowCancel({ thread }) : allowCancel }),
    onDisconnect: options.onDisconnect ?? 'auto',
    limits: resolveLimits(options.limits),
    now: options.clock ?? (() => new Date()),
    track: (work) => {
      background.add(work);
      void work.catch(() => undefined).finally(() => background.delete(work));
    },
    background,
  };
}

function normalizeBasePath(basePath: string): string {
  const trimmed = `/${basePath}`.replace(/\/+/g, '/').replace(/\/$/, '');
  return trimmed === '/' ? '' : trimmed;
}

function pathBelow(basePath: string, pathname: string): string | null {
  if (pathname === basePath) return '/';
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : null;
}
