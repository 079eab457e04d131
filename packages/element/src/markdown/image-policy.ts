export interface ImagePolicy {
  /** Origins always allowed in widgets: the page's, the API's and the upload's. None for Markdown. */
  origins: readonly string[];
  /** `thread.allowed_image_domains`. */
  domains: readonly string[];
  /** Relative addresses are read against this. */
  base: string;
}

const dataImage = /^data:image\/(?:png|gif|jpe?g|webp|avif);/i;

/**
 * The address of an image in content if it may be loaded, else null. A request to a
 * foreign host can carry what the conversation says, so unknown hosts are refused.
 */
export function allowedImage(url: string, policy: ImagePolicy): string | null {
  if (dataImage.test(url.trim())) return url.trim();
  // Read against the page, no address at all would be the page's own.
  if (url.trim() === '') return null;
  let parsed: URL;
  try {
    parsed = new URL(url, policy.base);
  } catch {
    return null;
  }
  if (parsed.protocol === 'blob:') return policy.origins.includes(parsed.origin) ? parsed.href : null;
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  // `https://allowed.example@other.example` and its like only serve to mislead.
  if (parsed.username !== '' || parsed.password !== '') return null;
  if (policy.origins.includes(parsed.origin)) return parsed.href;
  return policy.domains.some((domain) => matchesDomain(parsed, domain)) ? parsed.href : null;
}

/** A domain names exactly that host; `*.example.com` and `.example.com` name its subdomains too. */
function matchesDomain(url: URL, domain: string): boolean {
  const wanted = domain.trim().toLowerCase().replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  if (wanted === '') return false;
  const suffix = /^\*?\./.test(wanted) ? wanted.replace(/^\*?\./, '') : undefined;
  if (suffix !== undefined) return suffix !== '' && (url.hostname === suffix || url.hostname.endsWith(`.${suffix}`));
  return url.hostname === wanted || url.host === wanted;
}

/** Images the server itself names as attachment or generated image: any web address, never a script. */
export function serverImage(url: unknown, base: string): string | null {
  if (typeof url !== 'string' || url.trim() === '') return null;
  if (dataImage.test(url.trim())) return url.trim();
  try {
    const parsed = new URL(url, base);
    return ['https:', 'http:', 'blob:'].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}
