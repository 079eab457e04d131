import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { chatkit } from './readme-example.js';

it('the example of the README is the one that is compiled and run here', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('readme-example.ts', import.meta.url), 'utf8');
  const [, code] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  expect(code).toBe(example);
});

it('the example answers', async () => {
  await chatkit.ready?.();
  const session = await chatkit.fetch(new Request('http://localhost/agent/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }));
  const { session_id } = (await session.json()) as { session_id: string };
  const body = JSON.stringify({ session_id, message: 'hello' });
  const answer = await chatkit.fetch(new Request('http://localhost/agent/chat', { method: 'POST', headers: { 'content-type': 'application/json' }, body }));
  expect(await answer.json()).toMatchObject({ message: 'You said: hello', type: 'text' });
  await chatkit.close();
});
