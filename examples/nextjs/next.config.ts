import type { NextConfig } from 'next';

const config: NextConfig = {
  // The route handler of this same app, unless .env names another server (whose `cors` then has to allow this one).
  env: { NEXT_PUBLIC_AGENT_API_URL: process.env.NEXT_PUBLIC_AGENT_API_URL ?? '/agent' },
  // This folder, and not the repository that it happens to lie in.
  turbopack: { root: import.meta.dirname },
};

export default config;
