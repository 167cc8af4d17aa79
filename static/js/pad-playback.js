// Plays a pad back: every change is there with its time and its side of the table, and the slider goes through them.
import { fill } from './announce.js';
import { bytes, fetchAfter } from './pad-queue.js';
import { made } from './pad-text.js';

const EVERY = 100;                                              // changes between two texts that are kept whole
const [QUICKEST, LONGEST] = [40, 1200];                         // ms between two changes while it plays

class Playback {
  constructor(root, { Doc, applyUpdate }) {
    Object.assign(this, { root, steps: [], whole: [''], applyUpdate });
    this.doc = new Doc();
    this.shared = this.doc.getText('pad');
    this.delta = [];
    this.shared.observe((event) => { this.delta = event.delta; });
  }

  async load(url) {
    for (let more = true, after = 0; more;) {
      const pad = await fetchAfter(url, after);
      if (!pad) return false;
      for (const { number, update, by, made_at: at } of pad.updates) {
        this.delta = [];
        this.applyUpdate(this.doc, bytes(update), 'there');
        this.steps.push({ by, at: new Date(at), delta: this.delta });
        if (this.steps.length % EVERY === 0) this.whole.push(this.shared.toString());
        after = number;
      }
      ({ more } = pad);
    }
    return true;
  }

  text(n) {
    const kept = Math.floor(n / EVERY);
    let text = this.whole[kept];
    for (let i = kept * EVERY; i < n; i += 1) text = made(text, this.steps[i].delta);
    return text;
  }

  show(n) {
    const { root, steps } = this;
    const slider = root.querySelector('input[type="range"]');
    const step = steps[n - 1];
    slider.value = n;
    root.querySelector('[data-playback-text]').value = this.text(n);
    const words = step
      ? fill(step.by === 'candidate' ? root.dataset.wordCandidate : root.dataset.wordPanel, { n, all: steps.length, time: step.at.toLocaleTimeString() })
      : root.dataset.wordEmpty;
    slider.setAttribute('aria-valuetext', words);
    root.querySelector('[data-playback-words]').textContent = words;
  }

  play() {
    const { root, steps } = this;
    const slider = root.querySelector('input[type="range"]');
    const button = root.querySelector('[data-playback-play]');
    const playing = this.timer !== undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
    button.textContent = playing ? root.dataset.wordPlay : root.dataset.wordPause;
    if (playing) return;
    if (Number(slider.value) === steps.length) this.show(0);
    const next = () => {
      const n = Number(slider.value);
      if (n >= steps.length) { this.timer = undefined; button.textContent = root.dataset.wordPlay; return; }
      this.show(n + 1);
      const wait = n + 1 < steps.length ? steps[n + 1].at - steps[n].at : 0;
      this.timer = setTimeout(next, Math.min(LONGEST, Math.max(QUICKEST, wait)));
    };
    this.timer = setTimeout(next, QUICKEST);
  }
}

async function start(root) {
  const playback = new Playback(root, await import('./vendor/yjs.js'));
  if (!(await playback.load(root.dataset.playback).catch(() => false))) return;
  const slider = root.querySelector('input[type="range"]');
  slider.max = playback.steps.length;
  slider.addEventListener('input', () => { if (playback.timer !== undefined) playback.play(); playback.show(Number(slider.value)); });
  const button = root.querySelector('[data-playback-play]');
  button.hidden = false;
  button.addEventListener('click', () => playback.play());
  root.querySelector('[data-playback-go]').hidden = true;
  playback.show(Number(slider.value));
  root.dataset.ready = '';
}

for (const root of document.querySelectorAll('[data-playback]')) start(root);
