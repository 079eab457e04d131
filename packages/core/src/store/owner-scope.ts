/**
 * Who owns the data. Every store call carries it, and a store sees nothing else of a request.
 * Must survive JSON: a run keeps it so that another node can finish the run's work.
 */
export interface OwnerScope {
  ownerId: string;
}
