import type { StorePart } from '@chatkit-selfhost/core';

/** What all parts of one store share. */
export type PartLifecycle = Required<Pick<StorePart, 'backend' | 'setup' | 'check' | 'close'>>;
