export interface RequestParts {
  address: string;
  init: RequestInit;
  signal: AbortSignal | undefined;
}

/** A request taken apart, so that it can be looked into and sent more than once. */
export async function toRequestParts(input: RequestInfo | URL, init: RequestInit | undefined): Promise<RequestParts> {
  if (!(input instanceof Request)) return { address: new URL(input, typeof document === 'undefined' ? undefined : document.baseURI).href, init: init ?? {}, signal: init?.signal ?? undefined };
  const request = new Request(input.clone(), init);
  const { url, method, headers, credentials, redirect, signal } = request;
  const body = method === 'GET' || method === 'HEAD' ? undefined : (init?.body ?? (await bodyOf(request)));
  return { address: url, init: { method, headers, credentials, redirect, signal, ...(body == null ? {} : { body }) }, signal };
}

/** Only operations are text to look into; the bytes of a file pass as they are. */
async function bodyOf(request: Request): Promise<BodyInit> {
  return /\bjson\b/i.test(request.headers.get('content-type') ?? '') ? request.text() : request.blob();
}
