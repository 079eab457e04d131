/** Where the assistant's server is. */
export const API = '/agent';

const KEY = 'inventory-assistant-session';

/** The session of this tab: kept over a refresh, made anew when it has expired. */
export async function currentSession() {
  return read() ?? renewSession();
}

export async function renewSession() {
  const response = await fetch(`${API}/session`, { method: 'POST' });
  if (!response.ok) throw new Error('The assistant can’t be reached.');
  const { session_id: sessionId } = await response.json();
  write(sessionId);
  return sessionId;
}

/** A `fetch` that sends the session; once with a new one when the old one has expired. */
export async function sessionFetch(input, init = {}) {
  const send = (sessionId) => {
    const headers = new Headers(init.headers);
    headers.set('x-chatkit-session', sessionId);
    return fetch(input, { ...init, headers });
  };
  const response = await send(await currentSession());
  return response.status === 401 ? send(await renewSession()) : response;
}

/** Storage can be denied: then the session lasts as long as the page. */
let held = null;

function read() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return held;
  }
}

function write(sessionId) {
  held = sessionId;
  try {
    sessionStorage.setItem(KEY, sessionId);
  } catch {
    // Held in memory alone.
  }
}
