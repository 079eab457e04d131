import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/http/read-json.js';

const limits = { maxBodyBytes: 100, maxDepth: 3 };

function post(body: BodyInit | null, headers: Record<string, string> = { 'content-type': 'application/json' }): Request {
  return new Request('http://chat.local/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
}

async function refusal(request: Request, types?: string[]): Promise<unknown> {
  try {
    await readJson(request, limits, types);
  } catch (error) {
    const { status, code } = error as { status: number; code: string };
    return [status, code];
  }
  return null;
}

describe('readJson', () => {
  it('gives the value and its size', async () => {
    expect(await readJson(post('{"a":"ä"}'), limits)).toEqual({ value: { a: 'ä' }, bytes: 10 });
  });

  it('gives undefined for no body, whatever its type', async () => {
    expect(await readJson(new Request('http://chat.local/'), limits)).toEqual({ value: undefined, bytes: 0 });
    expect(await readJson(post('', { 'content-type': 'text/html' }), limits)).toEqual({ value: undefined, bytes: 0 });
  });

  it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/vnd.api+json'])('takes %s', async (type) => {
    expect((await readJson(post('1', { 'content-type': type }), limits)).value).toBe(1);
  });

  it('takes a body without a type', async () => {
    const request = post(new Blob(['1']).stream(), {});
    expect(request.headers.get('content-type')).toBeNull();
    expect((await readJson(request, limits)).value).toBe(1);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', ''])('refuses type %j, unless it is asked for', async (type) => {
    expect(await refusal(post('{}', { 'content-type': type || ' ' }))).toEqual([415, 'unsupported_media_type']);
    if (type !== '') expect(await refusal(post('{}', { 'content-type': type }), [type])).toBeNull();
  });

  it('refuses too many bytes, announced or not', async () => {
    expect(await refusal(post('x'.repeat(101)))).toEqual([413, 'body_too_large']);
    expect(await refusal(post('{}', { 'content-type': 'application/json', 'content-length': '101' }))).toEqual([413, 'body_too_large']);
    expect(await refusal(post(new Blob(['"', 'ä'.repeat(60), '"']).stream()))).toEqual([413, 'body_too_large']);
  });

  it('refuses what is nested too deeply, and does not take brackets in strings for nesting', async () => {
    expect(await refusal(post('[[[1]]]'))).toBeNull();
    expect(await refusal(post('[[[[1]]]]'))).toEqual([400, 'invalid_request']);
    expect(await refusal(post('["[[[[\\"{{{{"]'))).toBeNull();
    expect(await refusal(post('[[1],[2],[3],{"a":[4]}]'))).toBeNull();
  });

  it('refuses what is no JSON, no UTF-8, or broken off', async () => {
    expect(await refusal(post('{"a":'))).toEqual([400, 'invalid_request']);
    expect(await refusal(post(new Uint8Array([0x22, 0xff, 0x22])))).toEqual([400, 'invalid_request']);
    expect(await refusal(post(new Uint8Array([0x22, 0xc3])))).toEqual([400, 'invalid_request']);
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error('gone')) });
    expect(await refusal(post(broken))).toEqual([400, 'invalid_request']);
  });
});
