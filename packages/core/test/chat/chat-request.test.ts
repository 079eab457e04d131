import { describe, expect, it } from 'vitest';
import { parseChatRequest } from '../../src/chat/chat-request.js';
import { errorOfRecord, toChatResponse } from '../../src/chat/chat-response.js';
import type { TurnRecord } from '../../src/store/index.js';

describe('parseChatRequest', () => {
  it('takes a message, with or without the rest', () => {
    expect(parseChatRequest({ message: 'Hi' })).toEqual({ message: 'Hi', threadId: undefined });
    expect(parseChatRequest({ message: 'Hi', session_id: null, user_id: null, thread_id: null, extra: 1 })).toEqual({ message: 'Hi', threadId: undefined });
    expect(parseChatRequest({ message: 'Hi', thread_id: 'thr_1' })).toEqual({ message: 'Hi', threadId: 'thr_1' });
  });

  it.each([
    [undefined, '', 'expected an object'], ['text', '', 'expected an object'], [{}, 'message', 'expected a string'], [{ message: 1 }, 'message', 'expected a string'],
    [{ message: 'x', thread_id: 5 }, 'thread_id', 'expected a string'], [{ message: '  \n' }, 'message', 'expected a message that is not empty'],
  ])('refuses %j with the path %j', (body, path, message) => {
    expect(() => parseChatRequest(body)).toThrow(expect.objectContaining({ status: 400, code: 'invalid_request', path, message }) as Error);
  });
});

describe('the answer', () => {
  const record: TurnRecord = {
    runId: 'run_1', ownerId: 'ada', threadId: 'thr_1', sessionId: 'ses_1', userId: null, userItemId: null, userMessage: 'Hi', agentResponse: 'Hello', responseType: 'item',
    structuredData: { n: 1 }, outcome: 'completed', createdAt: new Date(0),
  };
  const options = { sessionId: 's', timestamp: new Date('2026-01-01T00:00:00Z'), error: null };

  it('is the record of the turn', () => {
    expect(toChatResponse(record, options)).toEqual({ session_id: 's', thread_id: 'thr_1', message: 'Hello', type: 'item', structured_data: { n: 1 }, timestamp: '2026-01-01T00:00:00.000Z' });
    expect(toChatResponse({ ...record, structuredData: null, responseType: 'text' }, options)).not.toHaveProperty('structured_data');
  });

  it('says what went wrong, and keeps the text that there is', () => {
    const error = { code: 'stream.error', message: 'Sorry.' };
    expect(toChatResponse(record, { ...options, error })).toMatchObject({ type: 'error', message: 'Hello', error: 'Sorry.', error_code: 'stream.error' });
    expect(toChatResponse(record, { ...options, error })).not.toHaveProperty('structured_data');
    expect(toChatResponse({ ...record, agentResponse: '' }, { ...options, error })).toMatchObject({ message: 'Sorry.' });
  });

  it('of a turn that is known from its record alone tells only how it ended', () => {
    expect(errorOfRecord(record)).toBeNull();
    expect(errorOfRecord({ ...record, outcome: 'cancelled' })).toBeNull();
    expect(errorOfRecord({ ...record, outcome: 'error' })).toMatchObject({ code: 'stream.error' });
    expect(errorOfRecord({ ...record, outcome: 'interrupted' })).toMatchObject({ code: 'interrupted' });
  });
});
