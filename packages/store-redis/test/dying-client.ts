import type { Redis } from 'ioredis';

/** A client whose process dies after some commands: from then on nothing is sent. */
export function dyingClient(client: Redis, commands: number): Redis {
  let left = commands;
  return new Proxy(client, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name !== 'call') return value.bind(target) as unknown;
      return async (...parameters: unknown[]): Promise<unknown> => {
        if (left === 0) throw new Error('the process died');
        left -= 1;
        return Reflect.apply(value, target, parameters) as unknown;
      };
    },
  });
}
