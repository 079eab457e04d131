import type { ThreadSession } from '../controller/thread-session.js';
import type { ImagePolicy } from '../markdown/image-policy.js';
import type { ResolvedOptions } from '../options/resolve-options.js';

/** Where images of the shown thread may come from: page, API and upload hosts, and the thread's own list. */
export function imagePolicyOf(options: ResolvedOptions, session: ThreadSession, pageUrl: string): ImagePolicy & { key: string } {
  const strategy = options.api.uploadStrategy;
  const uploads = strategy?.type === 'direct' ? [strategy.uploadUrl] : [];
  const origins = [pageUrl, options.apiUrl, ...uploads].flatMap((url) => {
    try {
      return [new URL(url, pageUrl).origin];
    } catch {
      return [];
    }
  });
  const domains = session.state.thread?.allowed_image_domains ?? [];
  return { origins, domains, base: pageUrl, key: [...origins, '|', ...domains].join(' ') };
}
