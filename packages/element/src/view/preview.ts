import type { Entity } from '@openai/chatkit';
import { html, nothing } from 'lit';
import { isWidgetNode } from '../protocol/widget.js';
import type { WidgetNode } from '../protocol/widget.js';
import { styled } from './styled.js';

export interface PreviewContent {
  title: string;
  description?: string | undefined;
  detail?: string | undefined;
  widget?: WidgetNode | undefined;
}

interface OpenPreview {
  top: number;
  left: number;
  above: boolean;
  content: PreviewContent;
}

const openDelay = 250;
const closeDelay = 150;
const width = 300;
const previewId = 'preview';

/** The small card that appears beside a tag, a citation or an entity under pointer or focus. */
export class PreviewController {
  current: OpenPreview | null = null;
  private anchor: Element | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private generation = 0;
  private readonly fetched = new Map<string, WidgetNode | null>();

  constructor(
    private readonly root: () => Element | null,
    private readonly changed: () => void,
  ) {}

  /** Shows the content beside the anchor after a moment. */
  open(anchor: Element, load: () => PreviewContent | Promise<PreviewContent>): void {
    this.generation += 1;
    const { generation } = this;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void (async () => {
        const content = await load();
        if (generation === this.generation && anchor.isConnected) this.place(anchor, content);
      })();
    }, openDelay);
  }

  close(now = false): void {
    this.generation += 1;
    clearTimeout(this.timer);
    const close = (): void => {
      this.release();
      if (!this.current) return;
      this.current = null;
      this.changed();
    };
    if (now) close();
    else this.timer = setTimeout(close, closeDelay);
  }

  /** Keeps the card while the pointer is on it. */
  hold(): void {
    clearTimeout(this.timer);
  }

  /** What the page shows for an entity; asked once per entity, without one the title alone. */
  async entityContent(entity: Entity, request: ((entity: Entity) => Promise<{ preview: unknown }>) | undefined, description?: string): Promise<PreviewContent> {
    if (request && !this.fetched.has(entity.id)) {
      const widget = await request(entity)
        .then(({ preview }) => (isWidgetNode(preview) ? preview : null))
        .catch(() => null);
      this.fetched.set(entity.id, widget);
    }
    return { title: entity.title, description, detail: entity.group, widget: this.fetched.get(entity.id) ?? undefined };
  }

  private place(anchor: Element, content: PreviewContent): void {
    const root = this.root()?.getBoundingClientRect();
    if (!root) return;
    const box = anchor.getBoundingClientRect();
    const above = box.top - root.top > root.height / 2;
    const left = Math.max(8, Math.min(box.left - root.left, root.width - width - 8));
    this.release();
    this.anchor = anchor;
    anchor.setAttribute('aria-describedby', previewId);
    this.current = { left, top: above ? box.top - root.top - 6 : box.bottom - root.top + 6, above, content };
    this.changed();
  }

  private release(): void {
    this.anchor?.removeAttribute('aria-describedby');
    this.anchor = null;
  }
}

export function renderPreview(preview: PreviewController, renderWidget: (node: WidgetNode) => unknown): unknown {
  const { current } = preview;
  if (!current) return nothing;
  const { content } = current;
  return html`<div
    id=${previewId}
    class="preview ${current.above ? 'above' : ''}"
    role="tooltip"
    @pointerenter=${() => preview.hold()}
    @pointerleave=${() => preview.close()}
    ${styled({ left: `${current.left}px`, top: `${current.top}px` })}
  >
    ${
      content.widget
        ? renderWidget(content.widget)
        : html`<strong dir="auto">${content.title}</strong>
            ${content.description ? html`<p dir="auto">${content.description}</p>` : nothing}
            ${content.detail ? html`<small dir="auto">${content.detail}</small>` : nothing}`
    }
  </div>`;
}
