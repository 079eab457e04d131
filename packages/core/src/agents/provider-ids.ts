/**
 * Ids of providers are taken over only where they are surely unique: those of the Responses API, by form and length. Chat Completions gives
 * one id to all items of an answer, other models constants such as `FAKE_ID`: as item ids they would make messages overwrite each other.
 * Whoever takes one over also has to see that it is not taken: replayed and cached answers come with ids that were genuine once.
 */
const GENUINE = {
  message: /^msg_[A-Za-z0-9]{20,}$/,
  function_call: /^fc_[A-Za-z0-9]{20,}$/,
};

export function genuineId(kind: keyof typeof GENUINE, id: unknown): string | undefined {
  return typeof id === 'string' && GENUINE[kind].test(id) ? id : undefined;
}
