const SESSIONS = '/agent/session';
const KEY = 'trail-guide-session';

/** A `fetch` that sends the session of this tab to this server and nowhere else; once with a new one when the old one has expired. */
export async function sessionFetch(input, init = {}) {
  if (new URL(input, location.href).origin !== location.origin) return fetch(input, init);
  const send = (sessionId) => {
    const headers = new Headers(init.headers);
    headers.set('x-chatkit-session', sessionId);
    return fetch(input, { ...init, headers });
  };
  const response = await send(sessionStorage.getItem(KEY) ?? (await renewSession()));
  return response.status === 401 ? send(await renewSession()) : response;
}

async function renewSession() {
  const response = await fetch(SESSIONS, { method: 'POST' });
  if (!response.ok) throw new Error('The assistant can’t be reached.');
  const { session_id: sessionId } = await response.json();
  sessionStorage.setItem(KEY, sessionId);
  return sessionId;
}
