// One stream of thin signals {seq, kind, ids, version}. It never carries content: regions are fetched again, rendered for this reader.
import { fetchText, swap } from './fragments.js';

const root = document.documentElement;
const source = document.querySelector('[data-live-src]');
const WATCH = Number(source?.dataset.liveWatch) || 40000;
const [FIRST, MOST] = [500, 30000];
const [BEAT, ASLEEP] = [2000, 10000];
let last = Number(source?.dataset.liveAfter || 0);
let stream, watchdog, retry, failures = 0, hiddenAt = 0, stopped = false, opened = false;

const state = (name) => { root.dataset.live = name; };

function open() {
  clearTimeout(retry);
  stream?.close();
  if (stopped) return;
  if (root.dataset.live !== 'lost') state('connecting');
  const url = new URL(source.dataset.liveSrc, location.href);
  url.searchParams.set('after', last);
  stream = new EventSource(url);
  stream.onopen = () => { failures = 0; state('open'); alive(); unnumbered(); };
  stream.onmessage = (event) => { alive(); receive(event); };
  stream.addEventListener('ping', (event) => { alive(); missed(event); });
  stream.addEventListener('presence', () => { alive(); tell('presence'); });
  stream.addEventListener('pad', () => { alive(); document.dispatchEvent(new CustomEvent('live:pad')); });
  stream.onerror = () => { stream.close(); again(); };
  alive();
}

/** What has no number was told to nobody while there was no line. */
function unnumbered() {
  document.dispatchEvent(new CustomEvent('live:pad'));
  if (opened) tell('presence');
  opened = true;
}

/** Something came: the line is not dead. */
function alive() {
  clearTimeout(watchdog);
  watchdog = setTimeout(open, WATCH);
}

function again() {
  clearTimeout(watchdog);
  failures += 1;
  const wait = Math.min(MOST, FIRST * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
  setTimeout(() => { if (failures) state('lost'); }, 5000);
  clearTimeout(retry);
  retry = setTimeout(failures % 3 === 0 ? probe : open, wait);
}

/** EventSource hides the status: after three failures ask once, so that a closed room or a lost right ends it. */
async function probe() {
  const abort = new AbortController();
  try {
    const url = new URL(source.dataset.liveSrc, location.href);
    url.searchParams.set('after', last);
    const answer = await fetch(url, { headers: { accept: 'text/event-stream' }, cache: 'no-store', signal: abort.signal });
    abort.abort();
    if ([204, 401, 403, 404, 410].includes(answer.status)) { stop(answer.status); return; }
  } catch { /* still offline */ }
  open();
}

function stop(status) {
  stopped = true;
  clearTimeout(watchdog);
  clearTimeout(retry);
  stream?.close();
  state('closed');
  document.dispatchEvent(new CustomEvent('live:closed', { detail: { status } }));
}

/** Too many windows are open: this one gave its stream to a newer one and comes back when it is looked at. */
function makeRoom() {
  clearTimeout(watchdog);
  clearTimeout(retry);
  stream?.close();
  state('lost');
  addEventListener('focus', back, { once: true });
}

function receive(event) {
  let signal;
  try { signal = JSON.parse(event.data); } catch { return; }
  if (signal.kind === 'closed') { stop(204); return; }
  if (signal.kind === 'elsewhere') { makeRoom(); return; }
  if (signal.kind === 'reset') { last = Number(event.lastEventId) || 0; snapshot(); return; }
  const seq = Number(signal.seq ?? event.lastEventId);
  if (seq) {
    if (seq <= last) return;                                   // seen before
    // `prev` is the number before it for this reader; without it numbers must follow on
    const gap = Number(signal.prev ?? seq - 1) > last;
    last = seq;
    if (gap) snapshot();
  }
  document.dispatchEvent(new CustomEvent('live:signal', { detail: signal }));
  tell(signal.kind);
}

/** The line stands; but did everything come through it? */
function missed(event) {
  let told;
  try { told = Number(JSON.parse(event.data).last) || 0; } catch { return; }
  if (told <= last) return;
  last = told;
  snapshot();
}

function tell(kind) {
  for (const region of document.querySelectorAll('[data-live-region]')) {
    const kinds = region.dataset.liveRegion.split(' ');
    if (kinds.includes(kind) || kinds.includes('*')) schedule(region);
  }
}

/** Everything again: after a gap, a reset, a long absence. */
export function snapshot() {
  document.dispatchEvent(new CustomEvent('live:snapshot'));
  for (const region of document.querySelectorAll('[data-live-region]')) schedule(region);
}

const waiting = new WeakMap();
function schedule(region) {
  if (waiting.has(region)) return;
  waiting.set(region, setTimeout(() => { waiting.delete(region); refetch(region); }, 100));
}

const running = new WeakMap();
/** Never over what somebody is typing in or has not saved: that region offers "Show" instead. */
export async function refetch(region, force = false) {
  if (!region.isConnected) return;
  if (!force && owned(region)) { offer(region); return; }
  running.get(region)?.abort();
  const abort = new AbortController();
  running.set(region, abort);
  try {
    const answer = await fetchText(region.dataset.src, { target: region, signal: abort.signal, cache: 'no-store' });
    if (answer.status >= 500 || answer.status === 429) { retryRegion(region); return; }
    if (!answer.ok || answer.redirected) return;
    const html = await answer.text();
    if (!force && owned(region)) { offer(region); return; }
    unanswered.delete(region);
    swap(region, html);
  } catch (error) { if (error.name !== 'AbortError') retryRegion(region); }
}

const unanswered = new WeakMap();
/** No answer: asked again by itself, for no other signal may come. */
function retryRegion(region) {
  const tries = unanswered.get(region) ?? 0;
  unanswered.set(region, tries + 1);
  setTimeout(schedule, Math.min(MOST, 2 * FIRST * 2 ** tries) * (0.75 + Math.random() / 4), region);
}

function owned(region) {
  if (region.querySelector('[data-dirty], [data-open]') || region.matches('[data-dirty]')) return true;
  const at = document.activeElement;
  if (!at || at === document.body || !region.contains(at)) return false;
  return at.matches('input, textarea, select, [contenteditable]') || !at.id;
}

function offer(region) {
  if (region.querySelector(':scope > [data-stale]')) return;
  const line = document.getElementById('stale-template')?.content.firstElementChild.cloneNode(true);
  if (!line) return;
  line.dataset.stale = '';
  line.querySelector('[data-show]').addEventListener('click', () => refetch(region, true));
  region.prepend(line);
}

function back() {
  if (stopped) return;
  failures = 0;
  open();
  snapshot();
}

if (source) {
  addEventListener('online', back);
  addEventListener('pageshow', (event) => { if (event.persisted) back(); });
  addEventListener('pagehide', () => { clearTimeout(watchdog); clearTimeout(retry); stream?.close(); });
  // a machine that slept, a page that was frozen: its line is dead and does not know it
  let beat = Date.now();
  setInterval(() => {
    const now = Date.now();
    if (!document.hidden && now - beat > ASLEEP) back();
    beat = now;
  }, BEAT);
  document.addEventListener('visibilitychange', () => {
    beat = Date.now();
    if (document.hidden) { hiddenAt = Date.now(); return; }
    if (hiddenAt && Date.now() - hiddenAt > 60000) back();
    hiddenAt = 0;
  });
  open();
}
