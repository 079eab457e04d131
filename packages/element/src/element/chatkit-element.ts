import type { OpenAIChatKit } from '@openai/chatkit';
import { LitElement, html } from 'lit';
import { ComposerController } from '../composer/composer-controller.js';
import { Editor } from '../composer/editor.js';
import { ChatController } from '../controller/chat-controller.js';
import { toError } from '../controller/events.js';
import type { Emit } from '../controller/events.js';
import { translator } from '../locales/translate.js';
import type { Translate } from '../locales/translate.js';
import { allowedImage, serverImage } from '../markdown/image-policy.js';
import { resolveOptions } from '../options/resolve-options.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import { validateOptions } from '../options/validate-options.js';
import type { UserMessageContent } from '../protocol/item.js';
import { loadFonts } from '../theme/font-faces.js';
import { readColor } from '../theme/read-color.js';
import { colorScheme, themeOption, themeSheet } from '../theme/theme-variables.js';
import { ItemChunks } from '../view/item-chunks.js';
import { PreviewController } from '../view/preview.js';
import { SettledItems } from '../view/settled-items.js';
import { UiState } from '../view/ui-state.js';
import type { ViewContext } from '../view/view-context.js';
import { FocusKeeper } from './focus-keeper.js';
import { FrameScheduler } from './frame-scheduler.js';
import { imagePolicyOf } from './image-policy-of.js';
import { handleLinkClick } from './link-handler.js';
import { markdownContextOf } from './markdown-context-of.js';
import { renderRoot } from './root-view.js';
import { ScrollKeeper } from './scroll-keeper.js';
import { elementStyles } from './styles/index.js';

/** What a response that was asked for elsewhere needs from there. */
export interface FollowResponseOptions {
  /** The reader pressed Stop. The body is cancelled as well. */
  stop?: (() => void) | undefined;
}

type Parameter<K extends 'sendUserMessage' | 'setComposerValue' | 'sendCustomAction'> = Parameters<OpenAIChatKit[K]>[0];

/** The self-hosted `<openai-chatkit>`: options, methods and events as `@openai/chatkit` declares them. */
export class ChatKitElement extends LitElement {
  static override styles = elementStyles;

  private options: ResolvedOptions | null = null;
  private optionsVersion = 0;
  private readonly themeStyles = new CSSStyleSheet();
  private releaseFonts: () => void = () => undefined;
  private announced = '';
  private wasBusy = false;
  private oldestItem: string | undefined;
  private isReady = false;
  private text: Translate = translator({} as never);
  private readonly frames = new FrameScheduler(() => this.requestUpdate());
  private readonly changed = (): void => this.frames.schedule();
  private readonly ui = new UiState(this.changed);
  private readonly settled = new SettledItems(this.changed);
  private readonly chunks = new ItemChunks();
  private readonly preview = new PreviewController(() => this.renderRoot.querySelector('.root'), this.changed);

  private readonly scrolling = new ScrollKeeper({
    autoScroll: () => this.options?.autoScroll ?? false,
    reachedTop: () => void this.controller.loadOlder(),
    changed: this.changed,
  });

  private readonly focusKeeper = new FocusKeeper();

  private readonly emit: Emit = (name, ...[detail]) => {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  };

  private readonly controller: ChatController = new ChatController({
    options: () => this.configured(),
    emit: this.emit,
    changed: this.changed,
    threadShown: () => {
      this.scrolling.showEnd();
      this.changed();
    },
    messageSent: () => this.scrolling.showMessage(),
    messageReturned: (message) => this.composer.takeBack(message),
  });

  private readonly composer: ComposerController = new ComposerController({
    options: () => this.configured(),
    controller: () => this.controller,
    translate: () => this.text,
    emit: this.emit,
    changed: this.changed,
  });

  /** Replaces all options. Throws when they are incomplete or contain unknown keys; the old ones then stay. */
  setOptions(options: unknown): void {
    try {
      validateOptions(options);
    } catch (error) {
      this.emit('chatkit.error', { error: error as Error });
      throw error;
    }
    const first = this.options === null;
    this.options = resolveOptions(options, document.baseURI, navigator.language);
    this.optionsVersion += 1;
    this.text = translator(this.options.locale.messages);
    this.applyTheme();
    this.changed();
    // Only the first time: pages keep this option in step with the thread shown, also while it answers.
    if (first && options.initialThread) void this.controller.openThread(options.initialThread).catch(() => undefined);
    if (first && this.isConnected) void this.announceReady();
  }

  async focusComposer(): Promise<void> {
    await this.rendered();
    this.composer.focus();
  }

  async setThreadId(threadId: string | null): Promise<void> {
    this.refuseWhile('responding');
    this.controller.history.hide();
    await this.controller.openThread(threadId);
    await this.rendered();
  }

  async sendUserMessage(parameters: Parameter<'sendUserMessage'>): Promise<void> {
    this.refuseWhile('responding', 'loading');
    const { text, content, reply, attachments = [], newThread, toolChoice, model } = parameters;
    if (newThread) this.controller.startNewThread();
    this.controller.history.hide();
    await this.controller.send({
      content: (content as UserMessageContent[] | undefined) ?? [{ type: 'input_text', text: text ?? '' }],
      attachments,
      quote: reply,
      toolId: toolChoice?.id,
      modelId: model ?? this.composer.state.modelId,
    });
  }

  async setComposerValue(parameters: Parameter<'setComposerValue'>): Promise<void> {
    await this.rendered();
    await this.composer.setValue(parameters);
  }

  async sendCustomAction(action: Parameter<'sendCustomAction'>, itemId?: string): Promise<void> {
    this.refuseWhile('responding', 'loading');
    await this.controller.sendAction(action, itemId);
  }

  async showHistory(): Promise<void> {
    this.configured();
    await this.controller.history.show();
    await this.rendered();
  }

  async hideHistory(): Promise<void> {
    this.controller.history.hide();
    await this.rendered();
  }

  async fetchUpdates(): Promise<void> {
    this.refuseWhile('responding', 'loading');
    await this.controller.refresh();
    await this.rendered();
  }

  /**
   * Shows a response that was asked for elsewhere, as if this element had posted the request itself: its text as it
   * arrives, Stop, client tools, errors. For a page that takes up an answer again after a refresh. Not part of the
   * official element. The thread it belongs to must be on screen. Resolves at its end; throws while another response
   * arrives or the thread loads.
   */
  async followResponse(response: Response, options: FollowResponseOptions = {}): Promise<void> {
    this.refuseWhile('responding', 'loading');
    await this.controller.follow(response, () => options.stop?.());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.controller.attach();
    if (this.options) void this.announceReady();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moving the element within the page also disconnects it: only one that stays away is done with.
    setTimeout(() => {
      if (this.isConnected) return;
      this.controller.detach();
      this.composer.dictation.cancel();
    });
  }

  protected override createRenderRoot(): ShadowRoot {
    const root = super.createRenderRoot() as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.themeStyles];
    root.addEventListener('click', (event) => handleLinkClick(event, (link) => this.emit('chatkit.deeplink', link)));
    return root;
  }

  protected override render(): unknown {
    if (!this.options) return html``;
    this.announceResponse();
    return html`${renderRoot(this.viewContext(this.options), { composer: this.composer, scroll: this.scrolling, announcement: this.announced })}`;
  }

  protected override update(changes: Map<PropertyKey, unknown>): void {
    const oldest = this.controller.session.state.items[0]?.id;
    if (oldest !== this.oldestItem) this.scrolling.beforePrepending();
    this.focusKeeper.beforeRender(this.renderRoot as ShadowRoot);
    super.update(changes);
    this.settle();
  }

  /** What has to happen to the DOM after a rendering. */
  private settle(): void {
    const editor = this.renderRoot.querySelector<HTMLElement>('#editor');
    if (editor) this.composer.attachTo(editor, (element) => new Editor(element));
    this.settled.watch(this.controller.session.state.items);
    const scroller = this.renderRoot.querySelector<HTMLElement>('.conversation');
    if (!scroller) return;
    this.scrolling.attach(scroller);
    const oldest = this.controller.session.state.items[0]?.id;
    if (!this.controller.session.loading) this.scrolling.afterRender(oldest !== this.oldestItem, this.controller.session.busy);
    this.oldestItem = oldest;
    this.focusKeeper.afterRender(this.renderRoot as ShadowRoot, this.controller.history.open);
  }

  private viewContext(options: ResolvedOptions): ViewContext {
    const { session } = this.controller;
    const policy = imagePolicyOf(options, session, document.baseURI);
    return {
      options,
      optionsVersion: this.optionsVersion,
      t: this.text,
      scheme: colorScheme(options.raw.theme),
      session,
      controller: this.controller,
      ui: this.ui,
      preview: this.preview,
      settled: this.settled,
      chunks: this.chunks,
      image: (url) => allowedImage(url, policy),
      serverImage: (url) => serverImage(url, document.baseURI),
      imagePolicyKey: policy.key,
      markdown: markdownContextOf(policy, this.text),
      sendPrompt: (prompt) => this.sendPrompt(prompt),
      failed: (error) => this.emit('chatkit.error', { error: toError(error) }),
    };
  }

  private sendPrompt(prompt: unknown): void {
    const content = (typeof prompt === 'string' ? [{ type: 'input_text', text: prompt }] : prompt) as UserMessageContent[];
    const { state } = this.composer;
    void this.controller.send({ content, attachments: [], toolId: state.toolId ?? undefined, modelId: state.modelId });
  }

  private applyTheme(): void {
    const theme = this.options?.raw.theme;
    this.themeStyles.replaceSync(themeSheet(theme, (value) => CSS.supports('color', value), readColor));
    this.releaseFonts();
    this.releaseFonts = loadFonts(themeOption(theme).typography?.fontSources ?? []);
  }

  private announceResponse(): void {
    const { busy } = this.controller.session;
    if (busy !== this.wasBusy) this.announced = this.text(busy ? 'responding' : 'responseDone');
    this.wasBusy = busy;
  }

  private async announceReady(): Promise<void> {
    if (this.isReady) return;
    this.isReady = true;
    await this.rendered();
    // Frameworks attach their listeners after the first paint.
    setTimeout(() => this.emit('chatkit.ready'));
  }

  private configured(): ResolvedOptions {
    if (!this.options) throw new Error('Call setOptions first.');
    return this.options;
  }

  private refuseWhile(...states: ('responding' | 'loading')[]): void {
    this.configured();
    const { session } = this.controller;
    if (states.includes('responding') && session.busy) throw new Error('A response is still arriving in this thread.');
    if (states.includes('loading') && session.loading) throw new Error('The thread is still loading.');
  }

  private async rendered(): Promise<void> {
    await this.frames.flush();
    await this.updateComplete;
  }
}
