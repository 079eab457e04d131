import { ChatKitError } from '../errors/chatkit-error.js';
import type { Caller } from './caller.js';
import type { Engine } from './engine.js';

/** Dictation: the audio as a Blob whose type is the one given, parameters included. */
export async function transcribe(engine: Engine, caller: Caller, params: { audio_base64: string; mime_type: string }, signal: AbortSignal): Promise<{ text: string }> {
  if (!engine.transcribe) throw new ChatKitError({ code: 'not_configured', message: 'Dictation is not available here.', status: 501 });
  // Four characters are three bytes.
  if (params.audio_base64.length * 0.75 > engine.limits.maxAudioBytes) {
    throw new ChatKitError({ code: 'audio_too_large', message: 'The recording is too long.', status: 413, path: 'params.audio_base64' });
  }
  const audio = new Blob([decode(params.audio_base64)], { type: params.mime_type });
  // The app typed its own context; here it is what its `authenticate` returned.
  return { text: await engine.transcribe(audio, { context: caller.context as never, signal }) };
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64.replace(/[^A-Za-z0-9+/=]/g, '')), (character) => character.charCodeAt(0));
  } catch {
    throw new ChatKitError({ code: 'invalid_request', message: 'expected base64', status: 400, path: 'params.audio_base64' });
  }
}
