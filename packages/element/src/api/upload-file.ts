import type { Attachment, UploadDescriptor } from '../protocol/item.js';
import { isObject } from '../protocol/json.js';
import { ApiError, errorFromResponse } from './api-error.js';
import type { ChatKitClient } from './chatkit-client.js';

export type UploadStrategy = { type: 'two_phase' } | { type: 'direct'; uploadUrl: string };

export interface UploadOptions {
  client: ChatKitClient;
  strategy: UploadStrategy;
  /** The page's own fetch. Without it the upload uses XMLHttpRequest, which reports progress. */
  fetch?: typeof fetch | undefined;
  signal: AbortSignal;
  /** Called with 0 to 1 while bytes go out; never called where progress can't be known. */
  onProgress?: ((fraction: number) => void) | undefined;
}

/** Uploads a file the way the page configured and returns the attachment to name in the message. */
export async function uploadFile(file: File, options: UploadOptions): Promise<Attachment> {
  if (options.strategy.type === 'direct') {
    const response = await send(formRequest(options.strategy.uploadUrl, 'POST', {}, file), options);
    return readAttachment(await response.json().catch(() => undefined));
  }
  const created = await options.client.call(
    'attachments.create',
    { name: file.name, size: file.size, mime_type: file.type || 'application/octet-stream' },
    options.signal,
  );
  const attachment = readAttachment(created);
  const descriptor = created.upload_descriptor;
  if (descriptor) await send(describedRequest(descriptor, file), options);
  return attachment;
}

interface UploadRequest {
  url: string;
  method: 'POST' | 'PUT';
  headers: Record<string, string>;
  body: FormData | File;
}

function describedRequest({ url, method, headers = {} }: UploadDescriptor, file: File): UploadRequest {
  if (method === 'POST') return formRequest(url, 'POST', headers, file);
  return { url, method: 'PUT', headers, body: file };
}

function formRequest(url: string, method: 'POST', headers: Record<string, string>, file: File): UploadRequest {
  const body = new FormData();
  body.append('file', file, file.name);
  return { url, method, headers, body };
}

async function send(request: UploadRequest, options: UploadOptions): Promise<Response> {
  const response = await (options.fetch ? sendWithFetch(request, options.fetch, options.signal) : sendWithProgress(request, options));
  if (!response.ok) throw await errorFromResponse(response);
  return response;
}

function sendWithFetch({ url, ...init }: UploadRequest, fetchFunction: typeof fetch, signal: AbortSignal): Promise<Response> {
  return fetchFunction(url, { ...init, signal });
}

function sendWithProgress(request: UploadRequest, { signal, onProgress }: UploadOptions): Promise<Response> {
  return new Promise((resolve, reject) => {
    const http = new XMLHttpRequest();
    const stop = (): void => http.abort();
    http.open(request.method, request.url);
    for (const [name, value] of Object.entries(request.headers)) http.setRequestHeader(name, value);
    http.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress?.(event.loaded / event.total);
    };
    http.onload = () => {
      const empty = http.status === 204 || http.status === 304;
      resolve(new Response(empty ? null : http.responseText, { status: http.status, statusText: http.statusText }));
    };
    http.onerror = () => reject(new ApiError('The upload did not get through.', 0, 'network_error'));
    http.onabort = () => reject(new DOMException('Upload removed', 'AbortError'));
    http.onloadend = () => signal.removeEventListener('abort', stop);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) http.abort();
    else http.send(request.body);
  });
}

function readAttachment(value: unknown): Attachment {
  if (!isObject(value) || typeof value['id'] !== 'string') {
    throw new ApiError('The server did not answer the upload with an attachment.', 200);
  }
  const { upload_descriptor: _descriptor, ...attachment } = value;
  return attachment as unknown as Attachment;
}
