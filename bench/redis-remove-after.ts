// A retry takes away all that came after a message. On a long thread, others hardly wait for it.
import type { Redis } from 'ioredis';
import { milliseconds, quantile, report, SCOPE, withRedis } from './redis-setup.ts';

const ITEMS = 100_000;
const CREATED = '2026-01-02T03:04:05.678Z';
const threadId = 'thr_long';

/** Pings, one after the other, until told to stop. Returns the milliseconds of each, sorted. */
async function pings(client: Redis, until: () => boolean): Promise<number[]> {
  const times: number[] = [];
  while (!until()) {
    const started = performance.now();
    await client.ping();
    times.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return times.sort((a, b) => a - b);
}

await withRedis(async ({ store, client }) => {
  const other = client.duplicate();
  const content = [{ type: 'output_text' as const, text: 'word '.repeat(40), annotations: [] }];
  await store.threads.write(SCOPE, { threadId, create: { id: threadId, created_at: CREATED, status: { type: 'active' }, metadata: {} } });
  for (let from = 0; from < ITEMS; from += 1_000) {
    const put = Array.from({ length: 1_000 }, (_, index) => (
      { id: `msg_${String(from + index)}`, thread_id: threadId, created_at: CREATED, type: 'assistant_message' as const, content }));
    await store.threads.write(SCOPE, { threadId, put });
  }

  const calmEnd = performance.now() + 2_000;
  const calm = await pings(other, () => performance.now() > calmEnd);
  let done = false;
  const beside = pings(other, () => done);
  const started = performance.now();
  const written = await store.threads.write(SCOPE, { threadId, removeAfter: 'msg_0' });
  const took = performance.now() - started;
  done = true;
  const slowest = quantile(await beside, 1);
  other.disconnect();

  if (written !== 'written') throw new Error(written);
  if ((await store.threads.listItems(SCOPE, { threadId }))?.data.length !== 1) throw new Error('items are left');
  console.log(`     ${(ITEMS - 1).toLocaleString('en')} items removed in ${milliseconds(took)}`);
  console.log(`     a PING before: median ${milliseconds(quantile(calm, 0.5))}, slowest ${milliseconds(quantile(calm, 1))}`);
  report('slowest PING of another client meanwhile', slowest, 500, ' ms');
});
