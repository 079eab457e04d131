/** What is used of the official `openai` client. */
export interface TranscriptionClient {
  audio: {
    transcriptions: {
      create: (
        body: { file: File; model: string; language?: string; prompt?: string },
        options: { signal: AbortSignal },
      ) => PromiseLike<{ text: string }>;
    };
  };
}

export interface OpenAITranscriptionOptions {
  /** A client of the `openai` package, or of a server that speaks its API. */
  client: TranscriptionClient;
  /** Default `gpt-4o-mini-transcribe`. */
  model?: string | undefined;
  /** Language of the recordings as ISO 639-1 (`en`), which makes the result better and faster. Default: recognised. */
  language?: string | undefined;
  /** Words to expect, such as names of products. */
  prompt?: string | undefined;
}

/**
 * Dictation by OpenAI's transcription API.
 *
 * @example
 * createChatKit({ store, respond, transcribe: openaiTranscription({ client: new OpenAI() }) });
 */
export function openaiTranscription(options: OpenAITranscriptionOptions): (audio: Blob, info: { signal: AbortSignal }) => Promise<string> {
  const { client, model = 'gpt-4o-mini-transcribe', language, prompt } = options;
  return async (audio, { signal }) => {
    const file = new File([audio], `recording.${extensionOf(audio.type)}`, { type: audio.type });
    const { text } = await client.audio.transcriptions.create(
      { file, model, ...(language === undefined ? {} : { language }), ...(prompt === undefined ? {} : { prompt }) },
      { signal },
    );
    return text;
  };
}

/** The API tells formats apart by the file's name. Browsers record WebM, MP4 or Ogg. */
const EXTENSIONS: Record<string, string> = {
  'audio/webm': 'webm', 'video/webm': 'webm', 'audio/mp4': 'mp4', 'audio/x-m4a': 'm4a', 'audio/m4a': 'm4a', 'audio/ogg': 'ogg', 'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3', 'audio/wav': 'wav', 'audio/x-wav': 'wav', 'audio/wave': 'wav', 'audio/flac': 'flac', 'audio/x-flac': 'flac',
};

function extensionOf(mimeType: string): string {
  const type = mimeType.split(';')[0]?.trim().toLowerCase() ?? '';
  return (Object.hasOwn(EXTENSIONS, type) ? EXTENSIONS[type] : undefined) ?? 'webm';
}
