const said = new Set<string>();

/** Once for each text: options are applied again and again. */
export function warnOnPage(text: string): void {
  if (said.has(text)) return;
  said.add(text);
  // The page's developer is who has to know, and the console is where they look.
  // eslint-disable-next-line no-console
  console.warn(`[chatkit-selfhost] ${text}`);
}

/** `cause`: with its stack, for whoever looks for the reason. */
export function errorOnPage(text: string, cause?: unknown): void {
  // eslint-disable-next-line no-console -- as above
  console.error(`[chatkit-selfhost] ${text}`, ...(cause === undefined ? [] : [cause]));
}
