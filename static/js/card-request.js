// The two requests a card makes. Status 0: no answer came.
const PATIENCE = 20000;

export async function patch(send, url, { id, text, version }) {
  try {
    const answer = await send(url, {
      method: 'PATCH', body: text, credentials: 'same-origin', keepalive: text.length < 60000, signal: AbortSignal.timeout(PATIENCE),
      headers: { 'content-type': 'application/json', accept: 'application/json', 'if-match': `"${version}"`, 'idempotency-key': id },
    });
    const json = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    return { status: answer.status, json, etag: answer.headers.get('etag'), after: Number(answer.headers.get('retry-after')) };
  } catch { return { status: 0, json: {} }; }
}

/** The whole card as it is now, or undefined. */
export async function get(send, url) {
  try {
    const answer = await send(url, { headers: { accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? await answer.json() : undefined;
  } catch { return undefined; }
}
