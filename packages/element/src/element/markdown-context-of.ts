import type { Translate } from '../locales/translate.js';
import { allowedImage } from '../markdown/image-policy.js';
import type { ImagePolicy } from '../markdown/image-policy.js';
import type { MarkdownContext } from '../markdown/render-tokens.js';
import { renderCodeBar } from '../view/code-bar.js';

/**
 * What Markdown needs from the element. A model writes it: an image it names on the page's or the API's own host may
 * be any address there, so only hosts named for images count.
 */
export function markdownContextOf(policy: ImagePolicy, t: Translate): MarkdownContext {
  return {
    image: (url) => allowedImage(url, { ...policy, origins: [] }),
    codeBar: (language, code) => renderCodeBar(language, code, t),
    externalImage: t('externalImage'),
    names: { code: t('code'), table: t('table') },
  };
}
