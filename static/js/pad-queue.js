// What was typed into a shared pad and has not reached the server: a few updates, each with a key of its own, kept on the
// device until they are acknowledged. Knows no DOM. The same update twice is the same text, so nothing here can double.
import { open } from './outbox.js';
import { uuid } from './uuid.js';

const [IDLE, FIRST, MOST, PATIENCE] = [300, 1000, 30000, 20000];
const FULL = 30000;                                             // bytes; more goes into the next
const page = uuid();
const lock = (of) => `pad ${of}`;
// Held as long as this page lives: its updates are its own to send.
navigator.locks?.request(lock(page), () => new Promise(() => {}));

export const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
const base64 = (data) => { let out = ''; for (const byte of data) out += String.fromCharCode(byte); return btoa(out); };

export class Queue {
  /** on: {state(name), found(update)}; merge makes one update of several. */
  constructor({ url, account, merge, on }) {
    Object.assign(this, { url, merge, on, scope: JSON.stringify(['pad', account, url]), list: [], tries: 0 });
  }

  get unsent() { return this.list.length; }

  /** What other pages left behind is taken over: at once if they are gone, else when they go. */
  async start() {
    this.box = await open(this.scope);
    if (!this.box || !navigator.locks) return;
    const kept = await this.box.all().catch(() => new Map());
    const pages = new Set([...kept.keys()].map((key) => key.split('/')[0]).filter((of) => of !== page));
    const held = new Set((await navigator.locks.query()).held.map(({ name }) => name));
    for (const of of pages) {
      const taken = navigator.locks.request(lock(of), () => this.takeOver(of));
      if (!held.has(lock(of))) await taken;
    }
  }

  async takeOver(of) {
    const kept = await this.box.all().catch(() => new Map());
    for (const [item, data] of kept) {
      if (!item.startsWith(`${of}/`)) continue;
      this.on.found(bytes(data));
      this.list.push({ item, key: item.split('/')[1], data });
    }
    this.send();
  }

  add(update) {
    let last = this.list.at(-1);
    if (!last?.updates || last.size + update.length > FULL) {
      const key = uuid();
      last = { item: `${page}/${key}`, key, updates: [], size: 0 };
      this.list.push(last);
    }
    last.updates.push(update);
    last.size += update.length;
    last.data = base64(last.updates.length > 1 ? this.merge(last.updates) : update);
    this.box?.put(last.item, last.data).catch(() => { this.box = null; });
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
      this.box?.remove(first.item).catch(() => {});
      if (this.list.length) this.send(); else this.on.state('saved');
    } else if ([0, 401, 408, 425, 429].includes(status) || status >= 500) {
      this.tries += 1;
      this.on.state(this.away);
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
        headers: { 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': key },
      });
      return answer.status;
    } catch { return 0; }
  }
}
