import { StoreUnavailableError } from '@chatkit-selfhost/core';
import { presignS3Url } from './presign-s3-url.js';
import { readObjectList, type ListedObject } from './read-object-list.js';
import { escapePath, type S3Location } from './s3-address.js';
import type { S3Credentials } from './signing-key.js';

export interface S3BucketOptions extends S3Location {
  credentials: S3Credentials | (() => Promise<S3Credentials>);
  timeoutMs: number;
  clock: () => Date;
}

/** Operations in the names of the API, which some services want in the query. */
const OPERATIONS = { GET: 'GetObject', PUT: 'PutObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' };

export interface SignOptions {
  method: keyof typeof OPERATIONS;
  key?: string | undefined;
  expiresInSeconds: number;
  /** From when on it holds. Default: now. */
  now?: Date | undefined;
  query?: Record<string, string> | undefined;
  headers?: Record<string, string> | undefined;
}

/** What is done with a bucket, each by one signed request. Throws `StoreUnavailableError` when it can't be reached or doesn't want to. */
export class S3Bucket {
  readonly #options: S3BucketOptions;

  constructor(options: S3BucketOptions) {
    this.#options = options;
  }

  async url(request: SignOptions): Promise<string> {
    const { credentials, clock, ...location } = this.#options;
    const query = { ...(request.key === undefined || request.method === 'HEAD' ? {} : { 'x-id': OPERATIONS[request.method] }), ...request.query };
    return presignS3Url({ ...location, ...request, query, credentials: typeof credentials === 'function' ? await credentials() : credentials, now: request.now ?? clock() });
  }

  async put(key: string, body: Blob | string, headers: Record<string, string>): Promise<void> {
    await this.#ok(await this.#send({ method: 'PUT', key, headers }, body));
  }

  /** What an object is without its bytes. Null: there is none. */
  async describe(key: string): Promise<{ size: number; etag: string; lastModified: Date } | null> {
    const response = await this.#send({ method: 'HEAD', key });
    if (response.status === 404) return null;
    const { headers } = await this.#ok(response);
    return { size: Number(headers.get('content-length') ?? 0), etag: headers.get('etag') ?? '', lastModified: new Date(headers.get('last-modified') ?? 0) };
  }

  /** Null: there is no such object. */
  async get(key: string): Promise<Blob | null> {
    const response = await this.#send({ method: 'GET', key });
    if (response.status === 404) return this.#none(response);
    return (await this.#ok(response)).blob();
  }

  /** The first bytes of an object that is not empty, as long as it has this tag. Null: it is something else by now, or gone. */
  async head(key: string, { bytes, etag }: { bytes: number; etag: string }): Promise<Uint8Array | null> {
    const response = await this.#send({ method: 'GET', key, headers: { range: `bytes=0-${String(bytes - 1)}`, 'if-match': etag } });
    if (response.status === 404 || response.status === 412) return this.#none(response);
    return new Uint8Array(await (await this.#ok(response)).arrayBuffer());
  }

  /** Copies within the bucket exactly what had this tag, with these headers instead of its own. False: it is something else by now, or gone. */
  async copy(from: string, to: string, options: { etag: string; headers: Record<string, string> }): Promise<boolean> {
    const source = escapePath(`/${this.#options.bucket}/${from}`);
    const headers = { ...options.headers, 'x-amz-copy-source': source, 'x-amz-copy-source-if-match': options.etag, 'x-amz-metadata-directive': 'REPLACE' };
    const response = await this.#send({ method: 'PUT', key: to, headers, query: { 'x-id': 'CopyObject' } });
    if (response.status === 412 || response.status === 404) return (await response.body?.cancel(), false);
    // A copy can fail after its answer began with success.
    if (/<Error>/.test(await (await this.#ok(response)).text())) throw new StoreUnavailableError({ cause: new Error('The copy of an object failed.') });
    return true;
  }

  async delete(key: string): Promise<void> {
    const response = await this.#send({ method: 'DELETE', key });
    if (response.status === 404) await response.body?.cancel();
    else await (await this.#ok(response)).body?.cancel();
  }

  /** All objects whose keys begin so, in the order of their keys, a page at a time. */
  async *list(prefix: string): AsyncGenerator<ListedObject, void, undefined> {
    let token: string | undefined;
    do {
      const query = { 'list-type': '2', 'encoding-type': 'url', prefix, ...(token === undefined ? {} : { 'continuation-token': token }) };
      const page = readObjectList(await (await this.#ok(await this.#send({ method: 'GET', query }))).text());
      yield* page.objects;
      token = page.next;
    } while (token !== undefined);
  }

  /** All that is sent may be sent again: services stumble now and then, and ask for that. Each attempt is signed anew. */
  async #send(request: Omit<SignOptions, 'expiresInSeconds'>, body?: Blob | string): Promise<Response> {
    const signal = AbortSignal.timeout(this.#options.timeoutMs);
    for (let attempt = 1; ; attempt++) {
      const last = attempt === ATTEMPTS;
      const url = await this.url({ ...request, expiresInSeconds: SERVER_SECONDS });
      try {
        const response = await fetch(url, {
          method: request.method, signal, redirect: 'error',
          ...(request.headers ? { headers: request.headers } : {}), ...(body === undefined ? {} : { body }),
        });
        if (last || !PASSING.has(response.status)) return response;
        await response.body?.cancel();
      } catch (cause) {
        if (last || signal.aborted) throw new StoreUnavailableError({ cause });
      }
      await pause(Math.random() * FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }

  async #ok(response: Response): Promise<Response> {
    if (response.ok) return response;
    const code = /<Code>(\w+)<\/Code>/.exec(await response.text().catch(() => ''))?.[1] ?? 'no code';
    throw new StoreUnavailableError({ cause: new Error(`S3 answered with ${String(response.status)}: ${code}`) });
  }

  async #none(response: Response): Promise<null> {
    await response.body?.cancel();
    return null;
  }
}

/** The server uses what it signs at once. */
const SERVER_SECONDS = 60;

/** As the service's own clients do it: three attempts, with random pauses that grow. */
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 200;
const PASSING = new Set([429, 500, 502, 503, 504]);

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
