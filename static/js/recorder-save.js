// Brings a recording to the server in parts. Which are there is asked first, so that a crash on the way costs one part.
const [SIZE, PATIENCE, TRIES, FIRST] = [256 * 1024, 30000, 4, 500];
const AGAIN = [0, 408, 425, 429];

const later = (ms) => new Promise((done) => { setTimeout(done, ms); });

async function once(url, options) {
  try {
    const answer = await fetch(url, { ...options, credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    const json = await answer.json().catch(() => ({}));
    return { status: answer.status, json, after: Number(answer.headers.get('retry-after')) };
  } catch { return { status: 0, json: {} }; }
}

/** Nothing here doubles when it is sent twice, so what was not answered is sent again. */
async function put(url, account, type, body) {
  const options = { method: 'PUT', body, headers: { 'content-type': type, accept: 'application/json', 'x-page-of': account } };
  for (let tries = 1; ; tries += 1) {
    const answer = await once(url, options);
    if (!(AGAIN.includes(answer.status) || answer.status >= 500) || tries === TRIES) return answer;
    await later((answer.after * 1000) || FIRST * 2 ** tries);
  }
}

/** {status}: 200 when all of it is there; else what refused it, with the server's words. */
export async function save({ url, account, take, type, ms, whole, on }) {
  const json = (address, value) => put(address, account, 'application/json', JSON.stringify(value));
  const begun = await json(url, { take, media_type: type });
  if (begun.status !== 200) return begun;
  const many = Math.ceil(whole.size / SIZE);
  for (let number = begun.json.parts; number < many; number += 1) {
    on(number / many);
    const sent = await put(`${url}/parts/${number}`, account, 'application/octet-stream', whole.slice(number * SIZE, (number + 1) * SIZE));
    if (sent.status !== 200) return sent;
  }
  on(1);
  return json(`${url}/completion`, { duration_ms: ms });
}

export async function remove(url, account) {
  return once(url, { method: 'DELETE', headers: { accept: 'application/json', 'x-page-of': account } });
}
