/** All that an async iterable gives, in order. */
export async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const element of iterable) collected.push(element);
  return collected;
}
