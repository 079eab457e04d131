/** Resolves after some time, or as soon as the browser says that it is online again. Rejects with the signal's reason. */
export function delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      globalThis.removeEventListener?.('online', finish);
    };
    const finish = (): void => {
      end();
      resolve();
    };
    const abort = (): void => {
      end();
      reject(signal?.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError'));
    };
    const timer = setTimeout(finish, milliseconds);
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort);
    globalThis.addEventListener?.('online', finish);
  });
}
