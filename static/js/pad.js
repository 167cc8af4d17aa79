// The shared pad of a question: a plain text area bound to a replicated text (Yjs). What is typed goes up in small updates
// and comes down numbered; whatever order they come in, everybody who has them all has the same text.
import { Queue, bytes, fetchAfter } from './pad-queue.js';
import { change, moved, pieces } from './pad-text.js';

const PIECE = 8000;                                             // letters of one update: a long paste is several

class Pad {
  constructor(root, { Doc, applyUpdate, mergeUpdates, UndoManager }) {
    Object.assign(this, { root, area: root.querySelector('textarea'), url: root.dataset.pad, last: 0, ended: new AbortController() });
    const doc = new Doc();
    this.doc = doc;
    this.shared = doc.getText('pad');
    this.undo = new UndoManager(this.shared, { trackedOrigins: new Set(['here']), captureTimeout: 500 });
    this.apply = (update) => applyUpdate(doc, update, 'there');
    this.queue = new Queue({ url: this.url, account: root.dataset.account, merge: mergeUpdates, on: { state: (name) => this.say(name), found: this.apply } });
    doc.on('update', (update, origin) => { if (origin !== 'there') this.queue.add(update); });
    this.shared.observe((event) => { if (event.transaction.origin !== 'here') this.paint(event.delta); });
  }

  async start() {
    this.listen();
    await Promise.all([this.pull(), this.queue.start()]);
    this.area.readOnly = 'reads' in this.root.dataset;
    this.root.dataset.ready = '';
  }

  /** Its part shows another pad now. What is unsent goes on its way. */
  close() {
    this.ended.abort();
    this.queue.send();
  }

  listen() {
    const { area, ended: { signal } } = this;
    const on = (target, name, run) => target.addEventListener(name, run, { signal });
    on(area, 'input', () => this.typed());
    on(area, 'keydown', (event) => this.key(event));
    on(area, 'blur', () => { this.leaves = false; this.queue.send(); });
    on(document, 'live:pad', () => this.pull());
    on(document, 'live:snapshot', () => this.pull());
    on(window, 'online', () => { this.pull(); this.queue.send(); });
    on(window, 'pagehide', () => this.queue.send());
    on(document, 'visibilitychange', () => { if (document.hidden) this.queue.send(); else this.pull(); });
  }

  /** Tab is a character here; Escape, then Tab, leaves. */
  key(event) {
    if (event.isComposing) return;
    if (event.key === 'Escape') { this.leaves = true; event.stopPropagation(); return; }
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) {
      if (this.leaves || event.shiftKey || this.area.readOnly) return;
      event.preventDefault();
      this.area.setRangeText('\t', this.area.selectionStart, this.area.selectionEnd, 'end');
      this.typed();
      return;
    }
    if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
      event.preventDefault();
      if (event.shiftKey) this.undo.redo(); else this.undo.undo();
    }
    this.leaves = false;
  }

  typed() {
    const { from, gone, come } = change(this.shared.toString(), this.area.value);
    if (!gone && !come) return;
    const [first = '', ...rest] = pieces(come, PIECE);
    this.doc.transact(() => {
      if (gone) this.shared.delete(from, gone);
      if (first) this.shared.insert(from, first);
    }, 'here');
    let at = from + first.length;
    for (const piece of rest) {
      this.doc.transact(() => this.shared.insert(at, piece), 'here');
      at += piece.length;
    }
  }

  /** Somebody else's change, around what is being typed. */
  paint(delta) {
    const { area } = this;
    const [start, end, { scrollTop, scrollLeft }] = [moved(area.selectionStart, delta), moved(area.selectionEnd, delta), area];
    area.value = this.shared.toString();
    if (document.activeElement === area) area.setSelectionRange(start, end);
    Object.assign(area, { scrollTop, scrollLeft });
  }

  /** What came after the last number known here. A second wish during one is one more after it. */
  async pull() {
    if (this.pulling) { this.again = true; return; }
    this.pulling = true;
    try {
      for (let more = true; more;) {
        const pad = await fetchAfter(this.url, this.last);
        if (!pad) break;
        this.doc.transact(() => { for (const { update } of pad.updates) this.apply(bytes(update)); }, 'there');
        this.last = pad.updates.at(-1)?.number ?? this.last;
        ({ more } = pad);
      }
    } catch { /* the next signal, or the line that comes back, brings it */ }
    this.pulling = false;
    if (this.again) { this.again = false; await this.pull(); }
  }

  say(state) {
    const line = this.root.querySelector('[data-pad-state]');
    if (!line || line.dataset.state === state) return;
    line.dataset.state = { refused: 'conflict', offlineTab: 'offline', signIn: 'offline' }[state] ?? state;
    line.querySelector('[data-pad-text]').textContent = line.dataset[`word${state[0].toUpperCase()}${state.slice(1)}`];
  }
}

const pads = new Map();
/** Binds each pad on the page once. The library is loaded with the first. */
export async function wire() {
  for (const [root, pad] of pads) if (!root.isConnected) { pads.delete(root); pad.close(); }
  const roots = [...document.querySelectorAll('[data-pad]')].filter((root) => !pads.has(root));
  if (!roots.length) return;
  const library = await import('./vendor/yjs.js');
  for (const root of roots) {
    if (pads.has(root) || !root.isConnected) continue;
    const pad = new Pad(root, library);
    pads.set(root, pad);
    pad.start();
  }
}

// The interview is over: what could not be sent before goes on its way.
async function late(element) {
  const { padLate: url, account } = element.dataset;
  const { mergeUpdates } = await import('./vendor/yjs.js');
  const queue = new Queue({ url, account, merge: mergeUpdates, on: { state() {}, found() {} } });
  queue.start();
}

document.addEventListener('fragment:loaded', wire);
wire();
for (const element of document.querySelectorAll('[data-pad-late]')) late(element);
