/** A page's callback that throws is the page's error, told as one of an event listener would be: it does not end what called it. */
export function callListener(call: () => void): void {
  try {
    call();
  } catch (error) {
    reportError(error);
  }
}
