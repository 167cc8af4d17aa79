// One scorecard on the wire: one version, one queue, at most one request in flight. Knows no DOM.
// A request that was not answered is sent again as it was, with the same Idempotency-Key: it counts once.
import { get, patch } from './card-request.js';
import { body, pick, same } from './fields.js';
import { uuid } from './uuid.js';

const [IDLE, LATEST, FIRST, MOST] = [600, 3000, 1000, 30000];

export class Card {
  /** on: {state(name, detail), applied(key, value), settled(keys), conflict(key, mine, theirs, choose)}; box: outbox or null */
  constructor({ url, version, account, on, box = null, send = fetch.bind(globalThis) }) {
    Object.assign(this, { url, version, account, on, box, send });
    this.base = new Map();        // what the server has
    this.pending = new Map();     // typed here, not sent
    this.held = new Map();        // waits for a choice between two versions
    this.refused = new Map();     // the server said no: not sent again until it changes
    this.taken = new Map();       // values that earlier tabs left, until they are saved
    this.flight = null;           // {id, entries, text, version}
    this.tries = 0;
    this.locked = false;
  }

  /** The newest value known here. */
  value(key) {
    for (const map of [this.held, this.pending, this.refused, this.flight?.entries]) if (map?.has(key)) return map.get(key);
    return this.base.get(key);
  }

  unsent() { return new Set([...this.pending.keys(), ...this.held.keys(), ...this.refused.keys(), ...(this.flight?.entries.keys() ?? [])]); }

  set(key, value) {
    if (this.locked) { this.lock(); return; }
    if (this.held.has(key)) { this.held.set(key, value); this.keep(key, value); return; }
    this.refused.delete(key);
    const sent = this.flight?.entries;
    if (same(value, sent?.has(key) ? sent.get(key) : this.base.get(key))) {
      this.pending.delete(key);
      this.keep(key, value);
      if (!sent?.has(key)) this.settle([key]);
      if (!this.unsent().size) this.on.state(this.version > 0 ? 'saved' : 'clean');
      return;
    }
    this.pending.set(key, value);
    this.keep(key, value);
    if (this.tries) this.on.state('offline', { word: this.word, n: this.unsent().size }); else this.on.state('dirty');
    this.since ??= Date.now();
    this.plan(Math.min(IDLE, Math.max(0, this.since + LATEST - Date.now())));
  }

  /** On this device, with what the server may have by then: after a crash its own earlier value is no conflict. */
  keep(key, value) {
    const bases = [this.base.get(key) ?? null];
    if (this.flight?.entries.has(key)) bases.push(this.flight.entries.get(key) ?? null);
    bases.push(...this.taken.get(key) ?? []);
    this.box?.put(key, { value: value ?? null, bases }).catch(() => { this.box = null; });
  }

  plan(ms) {
    if (this.tries && this.flight) return;                      // a retry is already planned, it goes first
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), ms);
  }

  /** Sends what is there now. Resolves when nothing more can be done at once. */
  async flush() {
    if (this.locked || this.busy) return this.busy;
    this.busy = this.round().finally(() => { this.busy = undefined; });
    return this.busy;
  }

  async round() {
    clearTimeout(this.timer);
    if (!this.unsent().size) return;                            // nothing to save is not "saved"
    while (this.flight || this.pending.size) {
      if (!this.flight) {
        const entries = new Map(this.single ? [...this.pending].slice(0, 1) : this.pending);
        for (const key of entries.keys()) this.pending.delete(key);
        this.since = undefined;
        this.flight = { id: uuid(), entries, text: JSON.stringify(body(entries)), version: this.version };
      }
      if (!this.tries) this.on.state('saving');
      const answer = await patch(this.send, this.url, this.flight, this.account);
      if (!(await this.handle(answer))) return;
    }
    this.single = false;
    if (this.held.size) this.on.state('conflict');
    else if (this.refused.size) this.on.state('conflict', { word: 'invalid', text: this.reason });
    else this.on.state('saved');
  }

  /** True: go on at once. False: wait for something. */
  async handle({ status, json, etag, after }) {
    const { entries } = this.flight;
    if (status >= 200 && status < 300) {
      this.version = json.version ?? etag?.replace(/^W\/|"/g, '') ?? this.version;
      this.tries = 0;
      this.flight = null;
      for (const [key, value] of entries) {
        this.base.set(key, value);
        if (this.pending.has(key)) this.keep(key, this.pending.get(key));
      }
      this.settle([...entries.keys()]);
      return true;
    }
    if (status === 412) json.current ??= await this.current();
    if (status === 412 && json.current && json.current.version !== this.flight.version) {
      this.tries = 0;
      this.flight = null;
      for (const [key, value] of entries) {
        if (same(pick(json.current, key), value)) this.base.set(key, value);   // it had arrived, only the answer was lost
        if (!this.pending.has(key)) this.pending.set(key, value);
      }
      this.rebase(json.current);
      return true;
    }
    const again = status === 409 && /idempotency/.test(json.type);   // the first try is still at work
    if (status === 409 && !again) { this.lock(); return false; }
    if (again || status === 0 || status === 401 || status === 408 || status === 412 || status === 425 || status === 429 || status >= 500) { this.wait(status, after); return false; }
    this.tries = 0;                                             // 400, 403, 404, 413, 422, 428: the same again would be refused again
    this.flight = null;
    if (entries.size > 1) {                                     // one by one, so that what is right is saved
      for (const [key, value] of entries) if (!this.pending.has(key)) this.pending.set(key, value);
      this.single = true;
      return true;
    }
    const [[key, value]] = entries;
    if (!this.pending.has(key)) this.refused.set(key, value);
    this.reason = Object.values(json.errors ?? {}).flat()[0]?.message ?? Object.values(json.errors ?? {}).flat()[0] ?? json.detail ?? json.title ?? status;
    return true;
  }

  wait(status, after) {
    this.tries += 1;
    this.word = status === 401 ? 'sign-in' : status === 0 || navigator.onLine === false ? (this.box ? 'offline' : 'offline-tab') : 'busy';
    this.on.state('offline', { word: this.word, n: this.unsent().size });
    const back = Math.min(MOST, FIRST * 2 ** (this.tries - 1));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), Math.max(after > 0 ? Math.min(after, 60) * 1000 : 0, back * (0.75 + Math.random() / 4)));
  }

  /** Somebody else (another tab) saved a newer card: what does not collide goes again, what does waits for a choice. */
  rebase(current) {
    this.version = current.version;
    const keys = new Set([...this.base.keys(), ...this.pending.keys(), ...this.held.keys()]);
    for (const note of current.evidence ?? []) keys.add(`evidence:${note.id}`);
    for (const key of keys) {
      const theirs = pick(current, key);
      const base = this.base.get(key);
      this.base.set(key, theirs);
      const waits = this.held.has(key) ? this.held : this.pending.has(key) ? this.pending : null;
      if (!waits) { if (!same(theirs, base)) this.on.applied(key, theirs); continue; }
      const mine = waits.get(key);
      if (same(mine, theirs)) { waits.delete(key); this.settle([key]); continue; }
      if (!same(theirs, base)) this.hold(key, mine, theirs);    // else only I changed it
    }
  }

  hold(key, mine, theirs) {
    this.pending.delete(key);
    this.held.set(key, mine);
    this.on.conflict(key, mine, theirs, (keep) => this.choose(key, keep, theirs));
  }

  /** A value from the outbox of an earlier page. Two tabs may have left one each: the later one follows on the other, or there is a choice. */
  take(key, { value, bases = [] }, show, mark) {
    const waits = this.unsent().has(key);
    const known = this.value(key);
    if (same(value, known)) { if (!waits) this.box?.remove(key); return; }
    this.taken.set(key, [...this.taken.get(key) ?? [], value]);
    if (bases.some((base) => same(base, known))) {
      this.pending.set(key, value);
      show(key, value);
      mark(key, true);
    } else this.hold(key, waits ? known : value, waits ? value : known);
  }

  /** keep: mine (as it is by now), theirs, or both texts one after the other. */
  choose(key, keep, theirs) {
    const mine = this.held.get(key);
    const value = keep === 'mine' ? mine : keep === 'theirs' ? theirs : `${theirs}\n\n${mine}`;
    this.held.delete(key);
    this.on.applied(key, value);
    this.set(key, value);
    this.flush();
  }

  settle(keys) {
    const done = keys.filter((key) => !this.unsent().has(key));
    if (!done.length) return;
    for (const key of done) this.taken.delete(key);
    this.box?.remove(done).catch(() => {});
    this.on.settled(done);
  }

  current() { return get(this.send, this.url, this.account); }

  lock() {
    this.locked = true;
    clearTimeout(this.timer);
    this.box?.wipe().catch(() => {});
    this.on.state('conflict', { word: 'locked' });
  }
}
