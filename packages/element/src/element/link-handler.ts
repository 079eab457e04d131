import { parseDeeplink } from '../markdown/safe-link.js';
import type { Deeplink } from '../markdown/safe-link.js';

/** Takes clicks on `chatkit-link://` addresses away from the browser and hands them to the page. */
export function handleLinkClick(event: Event, onDeeplink: (link: Deeplink) => void): void {
  const link = event.composedPath().find((target): target is HTMLAnchorElement => target instanceof HTMLAnchorElement);
  if (!link) return;
  const deeplink = parseDeeplink(link.getAttribute('href') ?? '');
  if (!deeplink) return;
  event.preventDefault();
  onDeeplink(deeplink);
}
