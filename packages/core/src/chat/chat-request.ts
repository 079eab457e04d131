import * as z from 'zod';
import { ChatKitError } from '../errors/chatkit-error.js';

const chatRequestSchema = z.object({
  message: z.string(),
  session_id: z.string().nullish(),
  user_id: z.string().nullish(),
  thread_id: z.string().nullish(),
});

/** The body of `POST /chat` and `POST /chat/stream`. */
export interface ChatRequest {
  message: string;
  threadId: string | undefined;
}

/** Throws 400 with the path of what is wrong. */
export function parseChatRequest(body: unknown): ChatRequest {
  const parsed = chatRequestSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.map(String).join('.') ?? '';
    throw new ChatKitError({ code: 'invalid_request', message: path === '' ? 'expected an object' : 'expected a string', status: 400, path });
  }
  const { message, thread_id: threadId } = parsed.data;
  if (message.trim() === '') throw new ChatKitError({ code: 'invalid_request', message: 'expected a message that is not empty', status: 400, path: 'message' });
  return { message, threadId: threadId ?? undefined };
}
