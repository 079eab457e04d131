import { ChatKitError, createChatKit, type Logger } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';

export function createAssistant({ quotaLeft, report, logger }: { quotaLeft: (ownerId: string) => Promise<number>; report: (error: unknown, requestId: string) => void; logger: Logger }) {
  return createChatKit({
    store: memoryStore(),
    logger,
    async *respond({ context, userText }) {
      if ((await quotaLeft(context.ownerId)) <= 0) {
        // The one class whose message users get to see.
        throw new ChatKitError({ code: 'quota', message: 'You have used up today’s questions. Come back tomorrow.', allowRetry: false });
      }
      yield 'Let me see. ';
      // Any other error is generic to the user, with a button to try again, and whole to the hook.
      if (userText.includes('crash')) throw new Error('connection to db-7 refused');
      yield 'All is well.';
    },
    hooks: {
      error: (error, { requestId }) => report(error, requestId),
    },
  });
}
