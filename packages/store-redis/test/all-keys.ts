import type { Cluster, Redis } from 'ioredis';

/** Every key below a prefix, on all nodes. */
export async function allKeys(client: Redis | Cluster, prefix: string): Promise<string[]> {
  const nodes = client.isCluster ? (client as Cluster).nodes('master') : [client as Redis];
  const found = await Promise.all(nodes.map(async (node) => {
    const keys: string[] = [];
    for await (const batch of node.scanStream({ match: `${prefix}*`, count: 1000 })) keys.push(...(batch as string[]));
    return keys;
  }));
  return found.flat().sort();
}
