/** For what a case has under way beside its steps: when one of them fails, the case leaves it, and its failure is not one more that nobody handled. */
export function underWay<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
