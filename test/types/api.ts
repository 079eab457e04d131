/** All packages under one name: what the proofs beside this file are about. */
export * from '@chatkit-selfhost/core';
export * from '@chatkit-selfhost/core/agents';
export * from '@chatkit-selfhost/adapter-express';
export * from '@chatkit-selfhost/store-memory';
export * from '@chatkit-selfhost/store-postgres';
export * from '@chatkit-selfhost/store-redis';
export * from '@chatkit-selfhost/widget';
export * from '@chatkit-selfhost/widget/react';
