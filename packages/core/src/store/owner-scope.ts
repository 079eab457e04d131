/**
 * Who owns the data. Every store call carries it, and a store sees nothing else of a request.
 * Must survive JSON: a run keeps it so that another node can finish the run's work.
 */
export interface OwnerScope {
  /**
   * Compared as it is. Not empty, without NUL and lone surrogates (which stores keep as U+FFFD, see `sanitizeText`): the server refuses any
   * other before a store is asked, so that no two owners are one.
   */
  ownerId: string;
}
