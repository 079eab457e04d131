import type { Api } from '../client/api-fetch.js';

/** Stops a run, wherever it is written. Null, for an answer that is no run, does nothing. */
export async function cancelRun(api: Api, runId: string | null): Promise<void> {
  if (runId === null) return;
  const response = await api.call(`${api.url}/runs/${runId}/cancel`, { init: { method: 'POST', keepalive: true }, repeatable: true, bound: { threadId: null } });
  await response.body?.cancel();
}
