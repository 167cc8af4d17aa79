// The shared pad of a question: a plain text area bound to a replicated text (Yjs). What is typed is kept on the device until
// the server has it, goes up in small updates with a key each, and comes down numbered. Any order of arrival gives the same text.
import { fill } from './announce.js';
import { open as openBox } from './outbox.js';
import { uuid } from './uuid.js';

const [IDLE, FIRST, MOST] = [300, 1000, 30000];
const PATIENCE = 20000;
const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
const text64 = (data) => { let out = ''; for (const byte of data) out += String.fromCharCode(byte); return btoa(out); };

/** The one change that makes `after` of `before`: from, how many go, what comes. Never inside a pair of surrogates. */
export function change(before, after) {
  let from = 0;
  const most = Math.min(before.length, after.length);
  while (from < most && before[from] === after[from]) from += 1;
  if (from > 0 && /[\ud800-\udbff]/.test(before[from - 1])) from -= 1;
  let tail = 0;
  while (tail < most - from && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  if (tail > 0 && /[\udc00-\udfff]/.test(before[before.length - tail])) tail -= 1;
  return { from, gone: before.length - tail - from, come: after.slice(from, after.length - tail) };
}

/** Where a place in the text is after somebody else's change. */
export function moved(place, delta) {
  let at = 0;
  for (const { retain = 0, insert = '', delete: gone = 0 } of delta) {
    if (retain) at += retain;
    else if (insert) { if (at < place) place += insert.length; at += insert.length; }
    else if (gone && at < place) place -= Math.min(gone, place - at);
  }
  return place;
}

class Pad {
  constructor(root, { Doc, applyUpdate, mergeUpdates, UndoManager }) {
    Object.assign(this, { root, applyUpdate, mergeUpdates });
    this.area = root.querySelector('textarea');
    this.url = root.dataset.pad;
    this.doc = new Doc();
    this.shared = this.doc.getText('pad');
    this.undo = new UndoManager(this.shared, { trackedOrigins: new Set(['here']), captureTimeout: 500 });
    this.last = 0;
    this.fresh = [];                                            // typed, not yet on its way
    this.flight = null;                                         // {key, data}: sent, not yet answered
    this.tries = 0;
    this.doc.on('update', (update, origin) => { if (origin !== 'there') this.made(update); });
    this.shared.observe((event, { origin }) => { if (origin !== 'here') this.paint(event.delta); });
    this.listen();
  }

  get unsent() { return this.fresh.length + (this.flight ? 1 : 0); }

  async start() {
    this.box = await openBox(JSON.stringify(['pad', this.root.dataset.account, this.url])).catch(() => null);
    const kept = await this.box?.all().catch(() => null) ?? new Map();
    const flight = kept.get('flight');
    if (flight) { this.flight = flight; this.applyUpdate(this.doc, bytes(flight.data), 'there'); }
    for (const data of kept.get('fresh') ?? []) { this.fresh.push(bytes(data)); this.applyUpdate(this.doc, bytes(data), 'there'); }
    await this.pull();
    this.area.readOnly = this.root.dataset.reads !== undefined;
    if (this.unsent) this.send();
  }

  listen() {
    const { area } = this;
    area.addEventListener('input', () => this.typed());
    area.addEventListener('compositionend', () => this.typed());
    area.addEventListener('keydown', (event) => this.key(event));
    area.addEventListener('blur', () => { this.leaves = false; this.send(); });
    document.addEventListener('live:pad', () => this.pull());
    document.addEventListener('live:snapshot', () => this.pull());
    addEventListener('online', () => this.send());
    addEventListener('pagehide', () => this.send());
    document.addEventListener('visibilitychange', () => (document.hidden ? this.send() : this.pull()));
  }

  /** Tab is a character here; Escape, then Tab, leaves. */
  key(event) {
    if (event.isComposing) return;
    if (event.key === 'Escape') { this.leaves = true; return; }
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) {
      if (this.leaves || event.shiftKey || this.area.readOnly) return;
      event.preventDefault();
      this.area.setRangeText('\t', this.area.selectionStart, this.area.selectionEnd, 'end');
      this.typed();
      return;
    }
    const z = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z';
    if (z) { event.preventDefault(); if (event.shiftKey) this.undo.redo(); else this.undo.undo(); }
    this.leaves = false;
  }

  typed() {
    const before = this.shared.toString();
    const { from, gone, come } = change(before, this.area.value);
    if (!gone && !come) return;
    this.doc.transact(() => {
      if (gone) this.shared.delete(from, gone);
      if (come) this.shared.insert(from, come);
    }, 'here');
  }

  /** Somebody else's change, around what is being typed. */
  paint(delta) {
    const { area } = this;
    const [start, end, { scrollTop, scrollLeft }] = [moved(area.selectionStart, delta), moved(area.selectionEnd, delta), area];
    area.value = this.shared.toString();
    if (document.activeElement === area) area.setSelectionRange(start, end);
    Object.assign(area, { scrollTop, scrollLeft });
  }

  made(update) {
    this.fresh.push(update);
    this.keep();
    this.say('dirty');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), IDLE);
  }

  keep() { this.box?.put('fresh', this.fresh.map(text64)).catch(() => {}); }

  /** One request at a time; the same again with the same key until it is answered. */
  async send() {
    clearTimeout(this.timer);
    if (this.sending || (!this.flight && !this.fresh.length)) return;
    if (!this.flight) {
      this.flight = { key: uuid(), data: text64(this.mergeUpdates(this.fresh)) };
      this.fresh = [];
      await this.box?.put('flight', this.flight).catch(() => {});
      this.keep();
    }
    this.sending = true;
    this.say('saving');
    const status = await this.post(this.flight);
    this.sending = false;
    if (status >= 200 && status < 300) {
      this.flight = null;
      this.tries = 0;
      await this.box?.remove('flight').catch(() => {});
      if (this.fresh.length) this.send(); else this.say('saved');
    } else if ([0, 401, 408, 425, 429].includes(status) || status >= 500) {
      this.tries += 1;
      this.say('offline');
      this.timer = setTimeout(() => this.send(), Math.min(MOST, FIRST * 2 ** (this.tries - 1)) * (0.75 + Math.random() / 4));
    } else {
      this.say('refused');
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

  /** What came after the last number known here. A second wish during one is one more after it. */
  async pull() {
    if (this.pulling) { this.again = true; return; }
    this.pulling = true;
    try {
      for (let more = true; more;) {
        const answer = await fetch(`${this.url}?after=${this.last}`, { headers: { accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
        if (!answer.ok) break;
        const pad = await answer.json();
        this.doc.transact(() => { for (const { update } of pad.updates) this.applyUpdate(this.doc, bytes(update), 'there'); }, 'there');
        this.last = pad.updates.at(-1)?.number ?? this.last;
        ({ more } = pad);
      }
    } catch { /* the next signal, or the line that comes back, brings it */ }
    this.pulling = false;
    if (this.again) { this.again = false; this.pull(); }
  }

  say(state) {
    const line = this.root.querySelector('[data-pad-state]');
    if (!line || line.dataset.state === state) return;
    line.dataset.state = state === 'refused' ? 'conflict' : state;
    const word = state === 'offline' && !this.box ? 'offlineTab' : state;
    line.querySelector('[data-pad-text]').textContent = fill(line.dataset[`word${word[0].toUpperCase()}${word.slice(1)}`], { n: this.unsent });
  }
}

const pads = new WeakMap();
/** Binds each pad on the page once. The library is loaded with the first. */
export async function wire() {
  const roots = [...document.querySelectorAll('[data-pad]')].filter((root) => !pads.has(root));
  if (!roots.length) return;
  for (const root of roots) pads.set(root, true);
  const library = await import('./vendor/yjs.js');
  for (const root of roots) new Pad(root, library).start();
}

document.addEventListener('fragment:loaded', wire);
wire();
