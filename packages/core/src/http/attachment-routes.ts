import { storeAttachment } from '../engine/attachment-operations.js';
import type { Caller } from '../engine/caller.js';
import type { Engine } from '../engine/engine.js';
import { ChatKitError } from '../errors/chatkit-error.js';
import { notFound } from '../runs/run-hub.js';
import { jsonResponse, type HttpResponse } from './http-response.js';
import { readFileForm } from './read-file-form.js';

/** Direct upload: a form with one `file`, answered with its attachment. The caller is known before a byte is read. */
export async function storeUpload(engine: Engine, request: Request, identify: () => Promise<Caller>): Promise<HttpResponse> {
  const caller = await identify();
  if (!engine.uploads?.store) throw new ChatKitError({ code: 'not_configured', message: 'Direct uploads are not available here.', status: 501 });
  const file = await readFileForm(request, { maxBytes: engine.limits.maxUploadBytes });
  return jsonResponse(await storeAttachment(engine, caller, file));
}

/** Signed addresses, which the uploads know and check themselves. */
export async function answerUploads(engine: Engine, request: Request, path: string): Promise<HttpResponse> {
  const response = await engine.uploads?.fetch?.(request, { path, maxBytes: engine.limits.maxUploadBytes });
  if (!response) throw notFound();
  return { status: response.status, headers: Object.fromEntries(response.headers), body: response.body };
}
