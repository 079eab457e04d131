import { describe, expect, it } from 'vitest';
import { createCors, type CorsOptions } from '../../src/http/cors.js';

const app = 'https://app.example.com';
const request = (headers: Record<string, string> = {}, method = 'POST'): Request => new Request('https://api.example.com/agent/chat', { method, headers });
const headersFor = (options: CorsOptions | undefined, origin?: string): Record<string, string> => createCors(options).headers(request(origin === undefined ? {} : { origin }));

describe('cors', () => {
  it('says nothing when it is off', () => {
    expect(headersFor(undefined, app)).toEqual({});
  });

  it('allows listed origins alone', () => {
    expect(headersFor({ origins: [app] }, app)).toMatchObject({ 'access-control-allow-origin': app, vary: 'origin' });
    expect(headersFor({ origins: [app] }, app)).not.toHaveProperty('access-control-allow-credentials');
    expect(headersFor({ origins: [app] }, app)['access-control-expose-headers']).toContain('x-chatkit-run-id');
    expect(() => headersFor({ origins: [app] }, 'https://app.example.com.evil.com')).toThrow(expect.objectContaining({ status: 403, code: 'origin_not_allowed' }) as Error);
    expect(() => headersFor({ origins: [app] }, 'null')).toThrow('not allowed');
  });

  it('matches patterns against the whole origin', () => {
    const options = { origins: [/https:\/\/\w+\.example\.com/gi] };
    expect(headersFor(options, app)).toHaveProperty('access-control-allow-origin', app);
    expect(headersFor(options, app)).toHaveProperty('access-control-allow-origin', app);
    expect(() => headersFor(options, `${app}.evil.com`)).toThrow('not allowed');
    expect(() => headersFor(options, 'https://evil.com/https://a.example.com')).toThrow('not allowed');
  });

  it('lets a page of the same origin through, also behind a proxy', () => {
    expect(headersFor({ origins: [app] }, 'http://api.example.com')).toEqual({ vary: 'origin' });
    expect(createCors({ origins: [app] }).headers(request({ origin: 'https://shop.example', host: 'shop.example' }))).toEqual({ vary: 'origin' });
  });

  it('needs no origin', () => {
    expect(headersFor({ origins: [app] })).toEqual({ vary: 'origin' });
  });

  it('allows any origin without credentials, and refuses to combine the two', () => {
    expect(headersFor({ origins: ['*'] }, 'https://any.example')).toHaveProperty('access-control-allow-origin', '*');
    expect(() => createCors({ origins: ['*'], credentials: true })).toThrow(TypeError);
    expect(headersFor({ origins: [app], credentials: true }, app)).toHaveProperty('access-control-allow-credentials', 'true');
  });

  it('answers preflights, and reflects the headers asked for', () => {
    const cors = createCors({ origins: [app] });
    expect(cors.preflight(request())).toBeNull();
    const asked = cors.preflight(request({ origin: app, 'access-control-request-headers': 'x-own, content-type' }, 'OPTIONS'));
    expect(asked).toMatchObject({ status: 204, body: null, headers: { 'access-control-allow-headers': 'x-own, content-type', 'access-control-allow-methods': expect.stringContaining('DELETE') as string } });
    expect(cors.preflight(request({ origin: app }, 'OPTIONS'))?.headers).not.toHaveProperty('access-control-allow-headers');
    expect(createCors(undefined).preflight(request({ origin: app }, 'OPTIONS'))?.headers).toEqual({});
  });

  it.each([
    [{}, true], [{ 'sec-fetch-site': 'cross-site' }, false], [{ 'sec-fetch-site': 'same-origin' }, true], [{ origin: app }, true], [{ origin: 'https://api.example.com' }, true],
    [{ origin: 'https://evil.example' }, false], [{ origin: 'null' }, false],
  ])('takes a cookie sent with %j: %s', (headers, allowed) => {
    expect(createCors({ origins: [app] }).isAllowed(request(headers))).toBe(allowed);
  });
});
