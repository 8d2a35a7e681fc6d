// Requests of our pages to our server: same origin, with the token against forged requests.

// What the server answered when it did not do as asked. `body` is its JSON, or {}.
export class Refused extends Error {
  constructor(status, body) {
    super(body.message || '');
    this.status = status;
    this.body = body;
  }
}

export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? '';
}

// The text of a document, as stored.
export async function getText(url) {
  const answer = await fetch(url, { credentials: 'same-origin' });
  if (!answer.ok) {
    throw new Refused(answer.status, await jsonOf(answer));
  }
  return answer.text();
}

// Posts a text; resolves to the JSON of the answer ({} where it has none), rejects with Refused.
export async function postText(url, text, { type, version, base, signal } = {}) {
  const headers = { 'Content-Type': type, 'Accept': 'application/json', 'X-CSRFToken': csrfToken() };
  if (version) {
    headers['X-Draft-Version'] = version;
  }
  if (base) {
    headers['X-Draft-Base'] = base;
  }
  const answer = await fetch(url, { method: 'POST', body: text, headers, signal, credentials: 'same-origin' });
  const body = await jsonOf(answer);
  if (!answer.ok) {
    throw new Refused(answer.status, body);
  }
  return body;
}

async function jsonOf(answer) {
  const type = answer.headers.get('Content-Type') ?? '';
  return type.includes('json') ? answer.json() : {};
}
