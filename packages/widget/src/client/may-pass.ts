/** Whether an answer's status says something of this moment only, and nothing of what was asked for. */
export function mayPass(status: number): boolean {
  return status === 429 || status >= 500;
}
