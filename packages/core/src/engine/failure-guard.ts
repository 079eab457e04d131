/**
 * For the promises of one turn: each may be left unawaited. A failure of it is logged then, once a turn, and does not end the process as an
 * unhandled one would; whoever awaits it is told all the same.
 */
export function failureGuard(warn: (message: string) => void): <T>(result: Promise<T>) => Promise<T> {
  let warned = false;
  const note = (): void => {
    if (!warned) warn('chatkit: what a turn was to send or to change failed, or came after its end; whoever awaits it is told why');
    warned = true;
  };
  return (result) => {
    result.catch(note);
    return result;
  };
}
