// The newest page of a thread costs the same whether the thread has 100 items or a million.
import { measure, milliseconds, quantile, report, SCHEMA, SCOPE, withPostgres } from './postgres-setup.ts';

const SIZES = [100, 10_000, 1_000_000];
const PAGE = 20;
const ROUNDS = 25;

await withPostgres(async ({ store, pool }) => {
  for (const size of SIZES) {
    const threadId = `thr_${String(size)}`;
    const thread = { id: threadId, created_at: '2026-01-02T03:04:05.678Z', status: { type: 'active' as const }, metadata: {} };
    await store.threads.write(SCOPE, { threadId, create: thread });
    await pool.query(
      `insert into ${SCHEMA}.items (thread_id, seq, id, type, created_at, data)
       select $1::text, n, 'msg_' || n, 'assistant_message', now(), jsonb_build_object(
         'id', 'msg_' || n, 'thread_id', $1::text, 'created_at', '2026-01-02T03:04:05.678Z', 'type', 'assistant_message',
         'content', jsonb_build_array(jsonb_build_object('type', 'output_text', 'text', repeat('word ', 40), 'annotations', jsonb_build_array())))
       from generate_series(1, $2::integer) n`,
      [threadId, size],
    );
    await pool.query(`update ${SCHEMA}.threads set next_seq = $2 + 1 where id = $1`, [threadId, size]);
  }
  await pool.query(`vacuum analyze ${SCHEMA}.items`);

  const pages: [string, (size: number) => { after?: string; order?: 'asc' | 'desc' }][] = [
    ['newest page', () => ({})],
    ['page in the middle', (size) => ({ after: `msg_${String(size / 2)}` })],
    ['oldest page', () => ({ order: 'asc' })],
  ];
  for (const [name, query] of pages) {
    const times = SIZES.map((): number[] => []);
    // In turns, so that what else the machine does falls on all sizes alike; the first round only warms up.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [index, size] of SIZES.entries()) {
        const read = () => store.threads.listItems(SCOPE, { threadId: `thr_${String(size)}`, limit: PAGE, ...query(size) });
        const measured = await measure(20, read);
        if (round > 0) times[index]?.push(...measured);
      }
    }
    const medians = times.map((measured, index) => {
      const sorted = measured.sort((x, y) => x - y);
      const [median, p95] = [quantile(sorted, 0.5), quantile(sorted, 0.95)];
      console.log(`     ${name}, ${(SIZES[index] ?? 0).toLocaleString('en')} items: median ${milliseconds(median)}, p95 ${milliseconds(p95)}`);
      return median;
    });
    const [first = Number.NaN, ...others] = medians;
    others.forEach((median, index) => report(`${name}, ${(SIZES[index + 1] ?? 0).toLocaleString('en')} items against 100`, median / first, 1.5, 'x'));
  }
});
