/** The server of the test run. */
export function databaseUrl(): string {
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Error('DATABASE_URL is not set: run the tests through vitest, whose global setup starts a server.');
  return url;
}
