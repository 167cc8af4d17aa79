// What was typed into a shared pad and has not reached the server: a few updates, each with a key of its own, kept on the
// device until they are acknowledged. Knows no DOM. The same update twice is the same text, so nothing here can double.
import { open } from './outbox.js';
import { uuid } from './uuid.js';

const [IDLE, FIRST, MOST, PATIENCE, LEFT] = [300, 1000, 30000, 20000, 5000];
const FULL = 30000;                                             // bytes; more goes into the next

export const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
const base64 = (data) => { let out = ''; for (const byte of data) out += String.fromCharCode(byte); return btoa(out); };

/** The pad with its changes after a number, up to 2,000; undefined when it is not to be had now. */
export async function fetchAfter(url, after) {
  const answer = await fetch(`${url}?after=${after}`, { headers: { accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
  const text = await answer.text();
  return answer.ok ? JSON.parse(text) : undefined;
}

export class Queue {
  /** on: {state(name), found(update)}; merge makes one update of several. */
  constructor({ url, account, merge, on }) {
    Object.assign(this, { url, account, merge, on, scope: JSON.stringify(['pad', account, url]), list: [], tries: 0 });
  }

  get unsent() { return this.list.length; }

  /** What tabs that are gone could not send is taken over. One that is just being left holds its own for a moment longer. */
  async start() {
    this.box = await open(this.scope);
    await this.takeOver();
    if (this.box) setTimeout(() => this.takeOver(), LEFT);
  }

  async takeOver() {
    for (const [key, data] of await this.box?.left().catch(() => []) ?? []) {
      if (this.list.some((one) => one.key === key)) continue;
      this.on.found(bytes(data));
      this.list.push({ key, data });
    }
    this.send();
  }

  add(update) {
    let last = this.list.at(-1);
    if (!last?.updates || last.size + update.length > FULL) {
      last = { key: uuid(), updates: [], size: 0 };
      this.list.push(last);
    }
    last.updates.push(update);
    last.size += update.length;
    last.data = base64(last.updates.length > 1 ? this.merge(last.updates) : update);
    this.box?.put(last.key, last.data).catch(() => { this.box = null; });
    this.on.state(this.tries ? this.away : 'dirty');
    if (!this.tries) this.plan(IDLE);
  }

  get away() { return this.box ? 'offline' : 'offlineTab'; }

  plan(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), ms);
  }

  /** One request at a time; the same again with the same key until it is answered. */
  async send() {
    clearTimeout(this.timer);
    if (this.sending || !this.list.length) return;
    const [first] = this.list;
    first.updates = undefined;                                  // nothing more goes into it
    this.sending = true;
    if (!this.tries) this.on.state('saving');
    const status = await this.post(first);
    this.sending = false;
    if (status >= 200 && status < 300) {
      this.tries = 0;
      this.list.shift();
      this.box?.remove(first.key).catch(() => {});
      if (this.list.length) this.send(); else this.on.state('saved');
    } else if ([0, 401, 408, 425, 429].includes(status) || status >= 500) {
      this.tries += 1;
      this.on.state(status === 401 ? 'signIn' : this.away);
      this.plan(Math.min(MOST, FIRST * 2 ** (this.tries - 1)) * (0.75 + Math.random() / 4));
    } else {
      this.on.state('refused');
    }
  }

  async post({ key, data }) {
    const body = JSON.stringify({ update: data });
    try {
      const answer = await fetch(`${this.url}/updates`, {
        method: 'POST', body, keepalive: body.length < 60000, signal: AbortSignal.timeout(PATIENCE),
        headers: { 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': key, 'x-page-of': this.account },
      });
      await answer.arrayBuffer();                               // an answer that is not read keeps its line, and there are six
      return answer.status;
    } catch { return 0; }
  }
}
