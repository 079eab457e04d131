import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';

export interface IconButtonOptions {
  icon: string;
  label: string;
  onClick: (event: MouseEvent) => void;
  className?: string | undefined;
  disabled?: boolean | undefined;
  pressed?: boolean | undefined;
  expanded?: boolean | undefined;
  popup?: 'menu' | 'listbox' | undefined;
}

/** A button that shows an icon and tells its name to assistive technology and on hover. */
export function iconButton(options: IconButtonOptions): unknown {
  return html`<button
    type="button"
    class="icon-button ${options.className ?? ''}"
    aria-label=${options.label}
    title=${options.label}
    aria-pressed=${options.pressed === undefined ? nothing : String(options.pressed)}
    aria-expanded=${options.expanded === undefined ? nothing : String(options.expanded)}
    aria-haspopup=${options.popup ?? nothing}
    ?disabled=${options.disabled === true}
    @click=${options.onClick}
  >
    ${icon(options.icon)}
  </button>`;
}
