/** A reason to abort a stream that is no failure to its reader: it ends as if all had come. */
export const IN_GOOD_ORDER = 'in good order';
