import { sanitizeJson, type ThreadWrite, type TurnOutcome, type TurnRecord } from '../store/index.js';
import type { Caller } from './caller.js';
import { cancellationMarker } from './cancellation-marker.js';
import type { Engine } from './engine.js';
import { messageText, userText } from './message-text.js';
import { partialItems } from './partial-items.js';
import type { TurnPipeline } from './turn-pipeline.js';
import type { TurnStart } from './turn-plan.js';

/** The message to show for a reply that came without text or widget; '' when there is no need. */
export function replyMessage(pipeline: TurnPipeline): string {
  const { reply } = pipeline;
  if (!reply || pipeline.texts.size > 0 || pipeline.parser.widgetOf(reply)) return '';
  return pipeline.parser.messageOf(reply);
}

/** What is still to be stored when a turn ends: what was shown of unfinished items, the note of a stop, a retry's removals. */
export async function closingWrite(options: {
  engine: Engine; caller: Caller; pipeline: TurnPipeline; outcome: TurnOutcome;
}): Promise<{ write: Omit<ThreadWrite, 'threadId'>; partialTexts: string[]; leavesOldAnswer: boolean }> {
  const { pipeline, outcome } = options;
  const partial = partialItems(pipeline.pending.values());
  // A retry that brought nothing and did not complete leaves the old answer where it was.
  const removal = outcome === 'completed' || partial.length > 0 ? pipeline.removal : null;
  const put = [...(removal?.put ?? []), ...partial, ...(outcome === 'cancelled' && (await needsMarker(options, partial.length)) ? [cancellationMarker(pipeline.thread.id, pipeline.now())] : [])];
  return {
    write: { ...(removal ? { removeAfter: removal.removeAfter } : {}), ...(put.length > 0 ? { put } : {}) },
    leavesOldAnswer: pipeline.removal !== null && removal === null,
    partialTexts: partial.filter((item) => item.type === 'assistant_message').map(messageText),
  };
}

/** One marker is enough: none when nothing came since the last one. */
async function needsMarker({ engine, caller, pipeline }: Parameters<typeof closingWrite>[0], partialCount: number): Promise<boolean> {
  if (pipeline.wroteItem || partialCount > 0) return true;
  const newest = await engine.store.threads.listItems(caller.scope, { threadId: pipeline.thread.id, limit: 1, order: 'desc' }).catch(() => null);
  return newest?.data[0]?.type !== 'sdk_hidden_context';
}

export function turnRecord(options: {
  pipeline: TurnPipeline; caller: Caller; start: TurnStart; runId: string; outcome: TurnOutcome; createdAt: Date; partialTexts: string[];
}): TurnRecord {
  const { pipeline, caller, start, outcome } = options;
  const { reply } = pipeline;
  const texts = [...pipeline.texts.values(), ...options.partialTexts].filter((text) => text.trim() !== '');
  const response = texts.length > 0 ? texts.join('\n\n') : messageOfReply(pipeline);
  return sanitizeJsonKeepingDates({
    runId: options.runId,
    ownerId: caller.scope.ownerId,
    threadId: pipeline.thread.id,
    sessionId: caller.session?.id ?? null,
    userId: caller.session?.label ?? null,
    userItemId: start.message?.id ?? null,
    userMessage: start.message ? userText(start.message) : '',
    agentResponse: response,
    responseType: reply?.type ?? (outcome === 'error' ? 'error' : 'text'),
    structuredData: reply ? toJson(reply.data) : null,
    outcome,
    createdAt: options.createdAt,
  });
}

/** The app's own function may fail, which the turn has told already: its books are closed all the same. */
function messageOfReply({ parser, reply }: TurnPipeline): string {
  try {
    return reply ? parser.messageOf(reply) : '';
  } catch {
    return '';
  }
}

function sanitizeJsonKeepingDates({ createdAt, ...record }: TurnRecord): TurnRecord {
  return { ...sanitizeJson(record), createdAt };
}

/** The JSON form of data, as clients get it: dates are strings. */
function toJson(data: unknown): unknown {
  const text = JSON.stringify(data) as string | undefined;
  return text === undefined ? null : (JSON.parse(text) as unknown);
}
