import * as z from 'zod';

/** The icons every ChatKit client has built in. */
export const BUILT_IN_ICONS = [
  'agent', 'analytics', 'atom', 'batch', 'bolt', 'book-open', 'book-closed', 'book-clock', 'bug', 'calendar', 'chart',
  'check', 'check-circle', 'check-circle-filled', 'chevron-left', 'chevron-right', 'circle-question', 'clock', 'compass',
  'confetti', 'cube', 'desktop', 'document', 'dot', 'dots-horizontal', 'dots-vertical', 'empty-circle', 'external-link',
  'globe', 'keys', 'lab', 'images', 'info', 'lifesaver', 'lightbulb', 'mail', 'map-pin', 'maps', 'mobile', 'name',
  'notebook', 'notebook-pencil', 'page-blank', 'phone', 'play', 'plus', 'profile', 'profile-card', 'reload', 'star',
  'star-filled', 'search', 'sparkle', 'sparkle-double', 'square-code', 'square-image', 'square-text', 'suitcase',
  'settings-slider', 'user', 'wreath', 'write', 'write-alt', 'write-alt2',
] as const;

/** A built-in icon, a Lucide icon (`lucide:package`) or one the client's vendor adds (`vendor:...`). */
export type IconName = (typeof BUILT_IN_ICONS)[number] | `lucide:${string}` | `vendor:${string}`;

const builtIn: ReadonlySet<unknown> = new Set(BUILT_IN_ICONS);

/** Whether a value is an icon name that strict clients accept. */
export function isIconName(value: unknown): value is IconName {
  if (typeof value !== 'string') return false;
  return value.startsWith('lucide:') || value.startsWith('vendor:') || builtIn.has(value);
}

export const iconNameSchema = z.custom<IconName>(isIconName, 'expected a built-in icon name, or one starting with "lucide:" or "vendor:"');
