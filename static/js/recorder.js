// Records an answer: parts are kept on the device as they come, and saved only when somebody says so. The element's state
// picks what is shown; all words are there. See README.md.
import { announce } from './announce.js';
import { openBox } from './recorder-box.js';
import { able, listen } from './recorder-microphone.js';
import { remove, save } from './recorder-save.js';
import { uuid } from './uuid.js';

const LOOKS = [0, 400, 1500, 5500];                             // a page that is just being left holds its own for a moment longer
const [QUIET, SILENT] = [0.35, 0.12];
const still = matchMedia('(prefers-reduced-motion: reduce)');
const clock = (ms) => { const seconds = Math.round(ms / 1000); return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`; };
const recorders = [];

class Recorder {
  constructor(root) {
    const { url, account, was, take, duration, mostMs, mostBytes } = root.dataset;
    Object.assign(this, { root, url, account, was, mostMs: Number(mostMs), mostBytes: Number(mostBytes), kept: root.dataset.kept !== undefined });
    this.audio = root.querySelector('[data-recorder-audio]');
    this.form = root.closest('form');
    this.reset();
    Object.assign(this, { known: take, ms: Number(duration) || 0 });
    root.addEventListener('click', ({ target }) => { const button = target.closest('[data-do]'); if (button) this[button.dataset.do](); });
    this.form?.addEventListener('submit', (event) => this.beforeSubmit(event), true);
  }

  reset() { Object.assign(this, { take: '', type: '', ms: 0, parts: [], bytes: 0, ended: undefined }); }

  async start() {
    this.opening = openBox(this.account, this.url);
    if (this.was === 'saved') { this.heard(`${this.url}/audio`); this.show('saved'); } else if (this.kept) this.show('lost'); else this.show(able() ? 'idle' : 'unable');
    this.box = await this.opening;
    for (const wait of LOOKS) {
      await new Promise((done) => { setTimeout(done, wait); });
      if (!['idle', 'lost', 'unable'].includes(this.state)) return;
      const found = await this.box?.left();
      if (found && ['idle', 'lost', 'unable'].includes(this.state) && (!this.kept || found.take === this.known)) { this.find(found); return; }
    }
  }

  find({ take, type, ms, parts }) {
    // what was said to be the answer keeps the length that was told with it
    Object.assign(this, { take, type, parts, ms: this.kept ? this.ms : ms, bytes: parts.reduce((sum, part) => sum + part.size, 0) });
    this.heard(URL.createObjectURL(this.whole()));
    this.show(this.kept || take === this.known ? 'recorded' : 'found');
  }

  whole() { return new Blob(this.parts, { type: this.type }); }

  heard(address) {
    if (this.audio.src.startsWith('blob:')) URL.revokeObjectURL(this.audio.src);
    this.audio.src = address;
  }

  show(state) {
    const had = this.root.contains(document.activeElement);
    this.state = state;
    this.root.dataset.state = state;
    let say = '';
    for (const part of this.root.querySelectorAll('[data-when]')) {
      const on = part.dataset.when.split(' ').includes(state);
      if (on && part.hidden) say ||= part.dataset.say;
      part.hidden = !on;
    }
    this.time();
    if (had && !document.activeElement?.offsetParent) [...this.root.querySelectorAll('button')].find((button) => button.offsetParent)?.focus();
    if (say && (had || state === 'found')) announce(say);
    const told = ['recorded', 'saving', 'failed', 'saved'].includes(state) && this.take;
    if (this.form?.elements.take) { this.form.elements.take.value = told ? this.take : ''; this.form.elements.duration_ms.value = told ? this.ms : ''; }
  }

  time() { for (const place of this.root.querySelectorAll('[data-recorder-time]')) place.textContent = clock(this.microphone ? this.microphone.ms() : this.ms); }

  async record() {
    this.show('asking');
    await this.opening;
    this.reset();
    this.take = uuid();
    this.root.querySelector('[data-recorder-tab-only]')?.toggleAttribute('hidden', Boolean(this.box));
    this.ended = new Promise((done) => { this.end = done; });
    try {
      this.microphone = await listen({ part: (part, ms) => this.add(part, ms), end: () => this.end() });
    } catch (error) {
      this.show(error.name === 'NotAllowedError' || error.name === 'SecurityError' ? 'denied' : 'missing');
      return;
    }
    this.type = this.microphone.type;
    this.show('recording');
    this.watch();
    await this.ended;
    this.microphone = undefined;
    if (!this.parts.length) { this.show('missing'); return; }
    this.heard(URL.createObjectURL(this.whole()));
    this.show('recorded');
  }

  add(part, ms) {
    this.parts.push(part);
    this.bytes += part.size;
    this.ms = ms;
    this.box?.add({ take: this.take, type: this.microphone?.type ?? this.type, number: this.parts.length - 1, ms, part }).catch(() => {
      this.box = null;
      this.root.querySelector('[data-recorder-tab-only]')?.removeAttribute('hidden');
    });
    if (this.bytes > this.mostBytes * 0.95 || ms > this.mostMs - 5000) this.stop();
  }

  /** Level and time, as often as one likes to see it move; in words every other second. */
  watch() {
    const meter = this.root.querySelector('[data-recorder-level]');
    const words = this.root.querySelector('[data-recorder-words]');
    let loudest = 0, said = 0;
    const look = () => {
      if (!this.microphone) return;
      const level = this.state === 'recording' ? this.microphone.level() : 0;
      meter.value = level;
      loudest = Math.max(loudest, level);
      this.time();
      if (performance.now() - said > 1500) {
        words.textContent = loudest > QUIET ? words.dataset.wordFine : loudest > SILENT ? words.dataset.wordQuiet : words.dataset.wordSilent;
        loudest = 0;
        said = performance.now();
      }
      if (still.matches || document.hidden) setTimeout(look, 500); else requestAnimationFrame(look);
    };
    look();
  }

  pause() { this.microphone?.pause(); this.show('paused'); }

  resume() { this.microphone?.resume(); this.show('recording'); }

  stop() { this.microphone?.stop(); }

  keep() { this.show('recorded'); }

  async discard() {
    this.heard('');
    this.audio.removeAttribute('src');
    this.reset();
    await this.box?.wipe();
    this.show(able() ? 'idle' : 'unable');
  }

  async again() {
    await this.discard();
    this.record();
  }

  async save() {
    const bar = this.root.querySelector('[data-recorder-progress]');
    const why = this.root.querySelector('[data-recorder-why]');
    this.show('saving');
    const { url, account, take, type, ms } = this;
    const done = await save({ url, account, take, type, ms, whole: this.whole(), on: (share) => { bar.value = share; } });
    if (done.status === 200) {
      this.known = take;
      this.heard(`${url}/audio`);
      await this.box?.wipe().catch(() => {});
      this.show('saved');
      return;
    }
    why.textContent = done.json.errors?.[0]?.message ?? done.json.detail ?? '';
    if (done.status === 401) why.textContent = why.dataset.wordSignIn;
    if (done.status === 0 || done.status >= 500) why.textContent = why.dataset.wordAway;
    this.show('failed');
  }

  async delete() {
    const done = await remove(this.url, this.account);
    if ([204, 404].includes(done.status)) await this.discard();
  }

  /** Who is done while the microphone is open has said all of it. */
  async beforeSubmit(event) {
    if (!this.microphone) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.stop();
    await this.ended;
    await new Promise((done) => { setTimeout(done); });
    this.form.requestSubmit(event.submitter);
  }
}

for (const root of document.querySelectorAll('[data-recorder]')) {
  const recorder = new Recorder(root);
  recorders.push(recorder);
  recorder.start();
}

// What is deleted on the server goes here too.
document.addEventListener('submit', async (event) => {
  const form = event.target.closest('[data-forget-recording]');
  if (!form || form.dataset.forgotten !== undefined || event.defaultPrevented) return;
  event.preventDefault();
  form.dataset.forgotten = '';
  for (const recorder of recorders) { recorder.stop(); await recorder.box?.wipe().catch(() => {}); }
  form.requestSubmit(event.submitter);
});

const flush = () => { for (const { microphone } of recorders) microphone?.flush(); };
addEventListener('pagehide', flush);
document.addEventListener('visibilitychange', flush);
addEventListener('beforeunload', (event) => { if (recorders.some(({ microphone, box, state }) => microphone || (!box && ['recorded', 'failed'].includes(state)))) event.preventDefault(); });
