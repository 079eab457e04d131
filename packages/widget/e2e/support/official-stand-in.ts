import type { ChatKitEvents, ChatKitOptions, CustomApiConfig, OpenAIChatKit } from '@openai/chatkit';
import type { ThreadItem, ThreadStreamEvent } from '@chatkit-selfhost/core';

/** Stands in for the official script, which is closed: what its typings say, with requests as the real one makes them. */
class OfficialStandIn extends HTMLElement {
  options: ChatKitOptions | null = null;
  /** What came over the wire, for tests to look at. */
  received = '';
  #threadId: string | null = null;
  #items = new Map<string, ThreadItem>();
  #stream: AbortController | null = null;
  #loading = false;
  #started = false;

  setOptions(options: ChatKitOptions): void {
    this.options = options;
    this.#start();
  }

  connectedCallback(): void {
    this.#start();
  }

  disconnectedCallback(): void {
    this.#stream?.abort();
  }

  #start(): void {
    if (this.#started || !this.options || !this.isConnected) return;
    this.#started = true;
    const silent = new URLSearchParams(location.search).has('silent');
    setTimeout(() => {
      if (silent) return;
      this.#tell('chatkit.ready', undefined);
      if (this.options?.initialThread) void this.setThreadId(this.options.initialThread);
    });
  }

  async setThreadId(threadId: string | null): Promise<void> {
    this.#refuseWhileBusy();
    this.#threadId = threadId;
    this.#items.clear();
    this.#tell('chatkit.thread.change', { threadId });
    if (threadId !== null) await this.#load();
    this.#show();
  }

  async fetchUpdates(): Promise<void> {
    this.#refuseWhileBusy();
    if (this.#threadId !== null) await this.#load();
  }

  async sendUserMessage({ text = '' }: { text?: string }): Promise<void> {
    this.#refuseWhileBusy();
    const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
    await (this.#threadId === null
      ? this.#run({ type: 'threads.create', params: { input } })
      : this.#run({ type: 'threads.add_user_message', params: { thread_id: this.#threadId, input } }));
  }

  async focusComposer(): Promise<void> {
    this.dataset['focused'] = 'true';
  }

  /** The stop button: nothing but an aborted request. */
  stop(): void {
    this.#stream?.abort();
  }

  #refuseWhileBusy(): void {
    if (this.#loading || this.#stream) throw new Error('A thread is loading or a response is streaming.');
  }

  get #api(): CustomApiConfig {
    return this.options?.api as CustomApiConfig;
  }

  #post(body: object, signal?: AbortSignal): Promise<Response> {
    const { url, fetch: send = fetch } = this.#api;
    return send(url, {
      method: 'POST', body: JSON.stringify(body), signal: signal ?? null,
      headers: { 'content-type': 'application/json', 'chatkit-frame-instance-id': 'stand-in', 'accept-language': 'en' },
    });
  }

  async #load(): Promise<void> {
    this.#loading = true;
    try {
      const response = await this.#post({ type: 'threads.get_by_id', params: { thread_id: this.#threadId } });
      if (!response.ok) return this.#fail(((await response.json()) as { message: string }).message);
      const thread = (await response.json()) as { items: { data: ThreadItem[] } };
      this.#items = new Map(thread.items.data.map((item) => [item.id, item]));
      this.#show();
    } catch (error) {
      this.#fail(String(error));
    } finally {
      this.#loading = false;
    }
  }

  async #run(body: object): Promise<void> {
    const controller = new AbortController();
    this.#stream = controller;
    this.dataset['busy'] = 'true';
    this.#tell('chatkit.response.start', undefined);
    try {
      for (let attempt = 1; ; attempt++) {
        const response = await this.#post(body, controller.signal);
        if (response.ok && response.body) {
          await this.#read(response.body);
          break;
        }
        // As the real one: 4xx is final, 5xx is sent again up to five times.
        if (response.status < 500 || attempt === 5) {
          this.#fail(((await response.json()) as { message: string }).message);
          break;
        }
      }
    } catch (error) {
      if (!controller.signal.aborted) this.#fail(String(error));
    } finally {
      this.#stream = null;
      delete this.dataset['busy'];
      this.#tell('chatkit.response.end', undefined);
    }
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        this.received += `${frame}\n\n`;
        for (const line of frame.split('\n')) if (line.startsWith('data: ')) this.#apply(JSON.parse(line.slice(6)) as ThreadStreamEvent);
      }
      this.#show();
    }
  }

  #apply(event: ThreadStreamEvent): void {
    if (event.type === 'thread.created') {
      this.#threadId = event.thread.id;
      this.#tell('chatkit.thread.change', { threadId: event.thread.id });
    } else if (event.type === 'thread.item.added' || event.type === 'thread.item.done' || event.type === 'thread.item.replaced') this.#items.set(event.item.id, event.item);
    else if (event.type === 'thread.item.removed') this.#items.delete(event.item_id);
    else if (event.type === 'thread.item.updated') this.#update(event);
    else if (event.type === 'client_effect') this.#tell('chatkit.effect', { name: event.name, data: event.data });
    else if (event.type === 'error') this.#fail(event.message ?? event.code);
  }

  #update({ item_id: id, update }: Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>): void {
    const item = this.#items.get(id);
    if (item?.type !== 'assistant_message' || !('content_index' in update)) return;
    const part = item.content[update.content_index];
    if (update.type === 'assistant_message.content_part.added' || update.type === 'assistant_message.content_part.done') item.content[update.content_index] = update.content;
    else if (update.type === 'assistant_message.content_part.text_delta' && part) part.text += update.delta;
  }

  #show(): void {
    this.replaceChildren(...[...this.#items.values()].map((item) => {
      const article = document.createElement('article');
      article.dataset['type'] = item.type;
      if (item.type === 'user_message' || item.type === 'assistant_message') article.textContent = item.content.map((part) => part.text).join('');
      return article;
    }));
  }

  #fail(message: string): void {
    this.#tell('chatkit.error', { error: new Error(message) });
  }

  #tell<K extends keyof ChatKitEvents>(name: K, detail: ChatKitEvents[K]['detail'] | undefined): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

// What the typings promise and no test of these needs is left out.
export type StandIn = OfficialStandIn & Pick<OpenAIChatKit, 'setOptions'>;

customElements.define('openai-chatkit', OfficialStandIn);
