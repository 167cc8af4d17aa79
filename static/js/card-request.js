// The two requests a card makes. Status 0: no answer came.
const PATIENCE = 20000;

/** Whose page this is: somebody else may be signed in in this browser by now, whose card this is not. The answer is then 401. */
const of = (account) => (account ? { 'x-page-of': account } : {});

export async function patch(send, url, { id, text, version }, account) {
  try {
    const answer = await send(url, {
      method: 'PATCH', body: text, credentials: 'same-origin', keepalive: text.length < 60000, signal: AbortSignal.timeout(PATIENCE),
      headers: { 'content-type': 'application/json', accept: 'application/json', 'if-match': `"${version}"`, 'idempotency-key': id, ...of(account) },
    });
    const json = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    return { status: answer.status, json, etag: answer.headers.get('etag'), after: Number(answer.headers.get('retry-after')) };
  } catch { return { status: 0, json: {} }; }
}

/** The whole card as it is now, or undefined. */
export async function get(send, url, account) {
  try {
    const answer = await send(url, { headers: { accept: 'application/json', ...of(account) }, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    const text = await answer.text();
    return answer.ok ? JSON.parse(text) : undefined;
  } catch { return undefined; }
}
