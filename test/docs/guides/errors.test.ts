import { expect, it, vi } from 'vitest';
import { createAssistant } from '../../../docs/guides/errors.js';
import { streamedText } from '../../integration/client.js';
import { serveGuide } from './serve-guide.js';

function setUp(quota: number) {
  const reported: [unknown, string][] = [];
  const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  return { reported, logger, chatkit: createAssistant({ quotaLeft: async () => quota, report: (...given) => reported.push(given), logger }) };
}

it('what is meant for users is shown, in both APIs, and is no error of the app', async () => {
  const { chatkit, reported } = setUp(0);
  await using guide = await serveGuide(chatkit);
  const client = await guide.newClient();
  const message = 'You have used up today’s questions. Come back tomorrow.';
  expect((await client.createThread('hello')).answer.events.at(-1)).toEqual({ type: 'error', code: 'custom', message, allow_retry: false });
  expect((await client.post('/chat', { message: 'hello' })).json).toMatchObject({ type: 'error', error: message, error_code: 'quota' });
  expect(reported).toEqual([]);
});

it('what is not is generic to them, keeps the text so far, and is whole to the app, with the id of the request', async () => {
  const { chatkit, reported, logger } = setUp(5);
  await using guide = await serveGuide(chatkit);
  const client = await guide.newClient();
  const { answer } = await client.createThread('crash');
  expect(answer.events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
  expect(streamedText(answer.events)).toBe('Let me see. ');
  expect(answer.text).not.toContain('db-7');
  expect(reported).toEqual([[new Error('connection to db-7 refused'), answer.headers.get('x-request-id')]]);
  expect(logger.error).toHaveBeenCalled();
});
