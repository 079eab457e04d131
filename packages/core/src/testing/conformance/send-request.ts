import type { StepTiming } from './step-timing.js';

export interface Reply {
  status: number;
  isStream: boolean;
  /** The bytes of the body as text, as far as they were read. */
  text: string;
}

export interface SendOptions {
  url: string;
  owner: string;
  body: string;
  timing: StepTiming;
  /** How many frames the client reads before it goes away, once the responder waits for that. */
  leavesAfter: number | undefined;
}

/** Which header tells the server under test who asks. */
export const OWNER_HEADER = 'x-conformance-owner';

/** When the responder waits and the frames don't come, they never will. */
const FRAMES_DEADLINE_MS = 2_000;

/** Posts one request and reads the reply to its end, or as far as the vector's client does. */
export async function sendRequest({ url, owner, body, timing, leavesAfter }: SendOptions): Promise<Reply> {
  const client = new AbortController();
  const headers = { 'content-type': 'application/json', [OWNER_HEADER]: owner };
  const response = await fetch(`${url}/chatkit`, { method: 'POST', headers, body, signal: client.signal });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  if (!isStream || !response.body) return { status: response.status, isStream, text: await response.text() };
  const text = await readFrames(response.body, timing, leavesAfter);
  if (timing.responderWaits.happened) {
    client.abort();
    timing.clientLeft.happen();
  }
  return { status: response.status, isStream, text };
}

async function readFrames(body: ReadableStream<Uint8Array>, timing: StepTiming, leavesAfter = 0): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const readAll = (async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return 'ended';
      text += decoder.decode(value, { stream: true });
      timing.framesRead = text.split('\n\n').length - 1;
    }
  })();
  const leave = (async () => {
    await timing.responderWaits.promise;
    const deadline = Date.now() + FRAMES_DEADLINE_MS;
    while (timing.framesRead < leavesAfter && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
    return 'left';
  })();
  const outcome = await Promise.race([readAll, leave]);
  if (outcome === 'left') readAll.catch(() => undefined);
  return text;
}
