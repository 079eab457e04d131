import { describe, expect, it } from 'vitest';
import { ChatKitError, StoreUnavailableError } from '../../src/index.js';

describe('ChatKitError', () => {
  it('is a bad request without a retry unless it says otherwise', () => {
    const error = new ChatKitError({ code: 'thread_locked', message: 'This chat is locked.' });
    expect(error).toMatchObject({ name: 'ChatKitError', code: 'thread_locked', message: 'This chat is locked.', status: 400, allowRetry: false, path: undefined, retryAfter: undefined });
    expect(error.cause).toBeUndefined();
  });

  it('keeps all that it is given', () => {
    const cause = new Error('inner');
    expect(new ChatKitError({ code: 'c', message: 'm', status: 429, allowRetry: true, path: 'params.x', retryAfter: 2, cause })).toMatchObject({
      status: 429, allowRetry: true, path: 'params.x', retryAfter: 2, cause,
    });
  });

  it('is known by any copy of the package', () => {
    // Another copy has another class, but the same marker.
    const foreign = Object.defineProperty(new Error('from another copy'), Symbol.for('chatkit-selfhost.error'), { value: true });
    expect(ChatKitError.isInstance(foreign)).toBe(true);
    expect(ChatKitError.isInstance(new StoreUnavailableError())).toBe(true);
  });

  it.each([[new Error('x')], [null], ['text'], [{ code: 'c', message: 'm' }]])('does not take %s for one', (value) => {
    expect(ChatKitError.isInstance(value)).toBe(false);
  });

  it('does not put its marker into JSON', () => {
    expect(Object.keys(new ChatKitError({ code: 'c', message: 'm' }))).not.toContain('marker');
    expect(JSON.stringify(new ChatKitError({ code: 'c', message: 'm' }))).not.toContain('chatkit-selfhost');
  });
});

describe('StoreUnavailableError', () => {
  it('asks to come back in a second, and lets a stream be tried again', () => {
    expect(new StoreUnavailableError()).toMatchObject({ name: 'StoreUnavailableError', code: 'store_unavailable', status: 503, allowRetry: true, retryAfter: 1 });
  });

  it('takes another pause and keeps the cause', () => {
    const cause = new Error('ECONNREFUSED');
    expect(new StoreUnavailableError({ cause, retryAfter: 5 })).toMatchObject({ cause, retryAfter: 5 });
  });
});
