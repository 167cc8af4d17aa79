// The server's clock. Everything is drawn from a deadline, never counted down. Going over is shown as +1:12.
import { announce } from './announce.js';
import { format } from './clock-text.js';

/** The interview's own clock; "up" counts a question's time, "down" a while that ends. */
const WHOLE = '[data-clock=""]';
const samples = [];          // {rtt, offset}: server time = offset + performance.now()
let drift = Date.now() - performance.now();

/** guess: nobody measured how long this took to come; it holds until something is measured. */
export function sample(serverNow, sentAt, receivedAt = performance.now(), guess = false) {
  const at = Date.parse(serverNow);
  if (Number.isNaN(at) || (guess && samples.length)) return;
  const rtt = Math.max(0, receivedAt - sentAt);
  if (samples[0]?.guess) samples.length = 0;
  samples.push({ rtt, offset: at + rtt / 2 - receivedAt, guess });
  if (samples.length > 8) samples.shift();
}

/** Best estimate of the server's time in ms: the sample with the shortest way there and back. */
export function serverNow() {
  if (!samples.length) return Date.now();
  return samples.reduce((a, b) => (b.rtt < a.rtt ? b : a)).offset + performance.now();
}

/** Seconds of interview used up, without pauses; null when no interview clock is on the page. */
export function elapsed() {
  const clock = document.querySelector(WHOLE);
  if (!clock) return null;
  return Math.max(0, Math.round(Number(clock.dataset.total) - left(clock)));
}

function left({ dataset }) {
  const now = dataset.pausedAt ? Date.parse(dataset.pausedAt) : serverNow();
  return (Date.parse(dataset.endsAt) - now) / 1000;
}

function used({ dataset }) {
  const now = dataset.pausedAt ? Date.parse(dataset.pausedAt) : serverNow();
  return Math.max(0, (now - Date.parse(dataset.startsAt)) / 1000);
}

const last = new WeakMap();   // clock -> whole seconds left when last drawn

function draw(clock) {
  const up = clock.dataset.clock === 'up', whileIt = clock.dataset.clock === 'down';
  const total = Number(clock.dataset.total);
  const rest = up ? total - used(clock) : left(clock);
  if (Number.isNaN(rest)) return;
  const over = rest <= -1;
  if (whileIt && rest <= 0) { clock.closest('[data-until]')?.setAttribute('hidden', ''); return; }
  const whole = Math.ceil(rest);
  const text = up ? format(Math.floor(total - rest)) : over ? `+${format(Math.floor(-rest))}` : format(Math.max(0, whole));
  const node = clock.querySelector('[data-clock-text]');
  if (node && node.textContent !== text) node.textContent = text;
  clock.toggleAttribute('data-over', over);
  clock.querySelector('[data-clock-left]')?.toggleAttribute('hidden', over);
  clock.querySelector('[data-clock-over]')?.toggleAttribute('hidden', !over);
  const bar = clock.querySelector('[data-clock-progress]');
  if (bar) {
    const value = Math.min(total, Math.max(0, Math.floor(total - rest)));
    if (bar.value !== value) bar.value = value;
    bar.classList.toggle('over', over);
  }
  const before = last.get(clock);
  if (!up && !whileIt && before !== undefined) {
    for (const [mark, words] of [[Math.round(total / 2), 'sayHalf'], [300, 'say-300'], [60, 'say-60'], [0, 'say-0']]) {
      if (before > mark && whole <= mark && whole > mark - 5) announce(clock.dataset[words] ?? clock.getAttribute(`data-${words}`));
    }
  }
  last.set(clock, whole);
}

function tick() {
  const now = Date.now() - performance.now();
  if (Math.abs(now - drift) > 2000) { drift = now; resync(true); }   // the machine slept, or its clock was set
  for (const clock of document.querySelectorAll('[data-clock]')) draw(clock);
}

/** Writes a new deadline into the markup: {server_now, starts_at?, ends_at, paused_at}. */
export function apply(clock, state) {
  for (const [key, name] of [['ends_at', 'endsAt'], ['starts_at', 'startsAt']]) if (state[key]) clock.dataset[name] = state[key];
  if ('paused_at' in state) { if (state.paused_at) clock.dataset.pausedAt = state.paused_at; else delete clock.dataset.pausedAt; }
  if (state.total_seconds) clock.dataset.total = state.total_seconds;
  draw(clock);
}

async function resync(fresh = false) {
  for (const clock of document.querySelectorAll('[data-clock-src]')) {
    const sent = performance.now();
    try {
      const answer = await fetch(clock.dataset.clockSrc, { headers: { accept: 'application/json' }, cache: 'no-store' });
      if (!answer.ok) continue;
      const received = performance.now();
      const state = await answer.json();
      if (fresh) { samples.length = 0; fresh = false; }
      sample(state.server_now, sent, received);
      apply(clock, state);
    } catch { /* the last deadline still holds */ }
  }
}

export function wire(root = document) {
  for (const clock of root.querySelectorAll('[data-clock]')) draw(clock);
}

const page = performance.getEntriesByType('navigation')[0];
const first = document.querySelector('[data-clock][data-server-now]');
if (first) sample(first.dataset.serverNow, page?.requestStart ?? 0, page?.responseStart || performance.now(), true);
document.addEventListener('live:signal', ({ detail }) => {
  if (!['clock', 'phase'].includes(detail.kind) || !detail.server_now) return;
  sample(detail.server_now, performance.now(), performance.now(), true);
  for (const clock of document.querySelectorAll(WHOLE)) apply(clock, detail);
});
document.addEventListener('fragment:loaded', (event) => wire(event.target));
document.addEventListener('visibilitychange', () => { if (!document.hidden) resync(true); });
addEventListener('pageshow', (event) => { if (event.persisted) resync(true); });
wire();
resync();
setInterval(tick, 250);
setInterval(() => { if (!document.hidden) resync(); }, 30000);
