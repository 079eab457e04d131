import { blobToBase64 } from '../api/base64.js';
import type { ChatKitClient } from '../api/chatkit-client.js';

export type DictationState = 'idle' | 'recording' | 'transcribing';

const types = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

export interface DictationHost {
  client: () => ChatKitClient;
  changed: () => void;
  transcribed: (text: string) => void;
  failed: (error: unknown) => void;
}

/** Records speech and has the server turn it into text. */
export class Dictation {
  state: DictationState = 'idle';
  private recorder: MediaRecorder | null = null;
  private chunks: Blob[] = [];

  constructor(private readonly host: DictationHost) {}

  async toggle(): Promise<void> {
    if (this.state === 'recording') this.recorder?.stop();
    else if (this.state === 'idle') await this.start();
  }

  /** Ends a recording without using it. */
  cancel(): void {
    const { recorder } = this;
    this.recorder = null;
    if (recorder?.state === 'recording') recorder.stop();
    this.enter('idle');
  }

  private async start(): Promise<void> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type));
      const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
      this.chunks = [];
      recorder.ondataavailable = (event) => this.chunks.push(event.data);
      recorder.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        if (this.recorder === recorder) void this.transcribe(mimeType ?? recorder.mimeType);
      };
      this.recorder = recorder;
      recorder.start();
      this.enter('recording');
    } catch (error) {
      this.enter('idle');
      this.host.failed(error);
    }
  }

  private async transcribe(mimeType: string): Promise<void> {
    this.enter('transcribing');
    try {
      const audio = await blobToBase64(new Blob(this.chunks, { type: mimeType }));
      const { text } = await this.host.client().call('input.transcribe', { audio_base64: audio, mime_type: mimeType });
      if (text) this.host.transcribed(text);
    } catch (error) {
      this.host.failed(error);
    } finally {
      this.recorder = null;
      this.chunks = [];
      this.enter('idle');
    }
  }

  private enter(state: DictationState): void {
    this.state = state;
    this.host.changed();
  }
}
