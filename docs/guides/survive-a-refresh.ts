/** Goes on with the answer that a thread is being given, from the last event that the page has seen; false when there is none. */
export async function followAnswer(options: {
  /** Such as `https://app.example.com/agent`. */
  url: string;
  sessionId: string;
  threadId: string;
  lastEventId?: string | undefined;
  onEvent: (event: { type: string }, id: string) => void;
}): Promise<boolean> {
  const { url, sessionId, threadId, lastEventId, onEvent } = options;
  const headers = { 'x-chatkit-session': sessionId, 'x-chatkit-capabilities': 'resume' };
  const { run } = (await (await fetch(`${url}/runs?thread_id=${threadId}`, { headers })).json()) as { run: { id: string } | null };
  if (!run) return false;
  const response = await fetch(`${url}/runs/${run.id}/events`, { headers: { ...headers, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) } });
  if (!response.ok || !response.body) return false;
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const frames = (text + chunk).split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const id = /^id: (.*)$/m.exec(frame)?.[1];
      const data = /^data: (.*)$/m.exec(frame)?.[1];
      // Comments keep the connection alive; they have neither.
      if (id !== undefined && data !== undefined) onEvent(JSON.parse(data) as { type: string }, id);
    }
  }
  return true;
}
