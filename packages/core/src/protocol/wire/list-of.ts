/** A stored list as it is; anything else that was stored in its place is none, so that one bad item doesn't hide its whole thread. */
export function listOf<T>(stored: T[] | undefined): T[] {
  return Array.isArray(stored) ? stored : [];
}
