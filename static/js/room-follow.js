// The room's page follows the room. A signal, a move of one's own and a look at another question all do the same:
// fetch the page as this reader sees it, and take over its parts. What somebody is at work in is left until they are done.
import { announce } from './announce.js';
import { parse } from './fragments.js';

const PART = '[data-room-part]';
const [FIRST, MOST] = [1000, 30000];
const view = () => document.querySelector('[data-room-view]');
let seen = Number(view()?.dataset.roomSeq || 0);
let waiting, running, turn = 0, moving, next;
let wanted = 0, going = 0, failures = 0;   // the newest signal heard; own moves and looks on their way; looks in a row that got no answer

/** As whom this page was made: another who signed in in this browser since gets a page of their own, not parts in this one. */
const asked = () => ({ accept: 'text/html', ...(document.querySelector('[data-account]') && { 'x-page-of': document.querySelector('[data-account]').dataset.account }) });

/** Autosave, where the page has it: what is typed goes before anything moves. */
async function settled() {
  if (!document.querySelector('[data-autosave]')) return;
  await (await import('./autosave.js')).flushAll();
}

/** Brings the current question of the queue into sight. Not by scrollIntoView: newer browsers begin the next Tab where that led. */
function showCurrent() {
  const at = document.querySelector('.queue [aria-current]');
  for (let box = at?.parentElement; box && box !== document.body; box = box.parentElement) {
    const [inner, outer] = [at.getBoundingClientRect(), box.getBoundingClientRect()];
    if (box.scrollHeight > box.clientHeight) box.scrollTop += Math.min(0, inner.top - outer.top) || Math.max(0, inner.bottom - outer.bottom);
    if (box.scrollWidth > box.clientWidth) box.scrollLeft += Math.min(0, inner.left - outer.left) || Math.max(0, inner.right - outer.right);
  }
}

const unsent = () => document.querySelector('[data-dirty], [data-unsent]') !== null || Boolean(document.querySelector('[data-note-form] textarea')?.value.trim());

/** Somebody has a list open or types here, or has a choice between two versions before them. */
function busy(part) {
  if (part.querySelector('.conflict, [data-open]')) return true;
  const at = document.activeElement;
  return part.contains(at) && at.matches('select, textarea, input:not([type="radio"], [type="checkbox"], [type="hidden"], [type="submit"])');
}

/** Parts of one group show the same question: they change together or not at all. */
function groups() {
  const found = new Map();
  for (const part of document.querySelectorAll(PART)) {
    const name = part.dataset.roomPart || part.id;
    found.set(name, [...(found.get(name) ?? []), part]);
  }
  return [...found.values()];
}

function swap(part, from, version) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  part.replaceChildren(...from.childNodes);
  if (focused) (document.getElementById(focused.id) ?? document.querySelector(part.dataset.roomFocus ?? 'main')).focus({ preventScroll: true });
  part.dispatchEvent(new CustomEvent('fragment:loaded', { bubbles: true, detail: { version } }));
}

function hold(part) {
  if (part.querySelector(':scope > [data-stale]')) return;
  const line = document.getElementById('stale-template')?.content.firstElementChild.cloneNode(true);
  if (!line) return;
  line.dataset.stale = '';
  line.querySelector('[data-show]').addEventListener('click', () => refresh({ force: true }));
  part.prepend(line);
}

/** What is told once, when it appears: that the candidate asked for a break. */
const said = () => new Map([...document.querySelectorAll('[data-say-once]')].map((one) => [one.dataset.sayOnce, one.textContent]));

/** Takes the page that came; false when it is another page. */
function apply(html, { own = false, force = false } = {}) {
  const page = parse(html);
  const there = page.querySelector('[data-room-view]');
  if (there?.dataset.roomView !== view()?.dataset.roomView) return false;
  const before = document.querySelector('[data-question-title]')?.dataset.questionTitle;
  const heard = said();
  const version = Number(page.querySelector('#marks [name="version"]')?.value ?? Infinity);   // of this reader's own card, when the page was made
  for (const group of groups()) {
    const fresh = group.map((part) => page.getElementById(part.id));
    if (fresh.includes(null)) continue;
    // a pad that is the same stays: its text is not in the page, and what is typed there is safe whatever is shown next
    const kept = 'roomKeep' in group[0].dataset;
    if (kept && group[0].dataset.roomKeep === fresh[0].dataset.roomKeep) continue;
    if (!force && !own && !kept && group.some(busy)) { hold(group[0]); continue; }
    if (kept) group[0].dataset.roomKeep = fresh[0].dataset.roomKeep;
    group.forEach((part, i) => swap(part, fresh[i], version));
  }
  for (const [key, words] of said()) if (!heard.has(key) && !own) announce(words);
  seen = Math.max(seen, Number(there.dataset.roomSeq || 0));
  const title = document.querySelector('[data-question-title]')?.dataset.questionTitle;
  if (title && title !== before) {
    document.title = `${title} · Fivefold`;
    showCurrent();
    if (own) document.getElementById('main')?.focus(); else announce(title);
  }
  return true;
}

/** To the page this reader has now: the room began, ended, or is no longer theirs. */
async function leave() {
  await settled();
  if (unsent()) hold(view()); else location.reload();
}

/** Not there for a moment: asked again by itself, for no other signal may come. */
function askAgain() {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, Math.min(MOST, FIRST * 2 ** failures) * (0.75 + Math.random() / 4));
  failures += 1;
}

async function refresh(options) {
  if (going) return;                                            // its answer is newer, and it looks at `wanted` afterwards
  const mine = ++turn;
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(location.href, { headers: asked(), cache: 'no-store', signal: running.signal });
    if (answer.status >= 500 || answer.status === 429) { if (mine === turn) askAgain(); return; }
    const html = answer.ok && !answer.redirected ? await answer.text() : '';
    if (mine !== turn) return;
    failures = 0;
    if (options?.force && view().querySelector(':scope > [data-stale]')) { location.reload(); return; }
    if (html && apply(html, options)) wanted = seen; else await leave();
  } catch { if (mine === turn) askAgain(); }
}

/** A move or a look of one's own: shown at once, wherever the focus is. */
async function go(url, options, failed) {
  const mine = ++turn;
  running?.abort();
  going += 1;
  await settled();
  try {
    const answer = await fetch(url, { headers: asked(), cache: 'no-store', ...options });
    if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
    const html = await answer.text();
    if (mine !== turn) return;
    if (!answer.ok || !apply(html, { own: true })) location.assign(answer.url);
    else if (answer.url !== location.href) history.replaceState(null, '', answer.url);
  } catch { failed(); } finally {
    going -= 1;
    if (wanted > seen) refresh();
  }
}

function offerAgain(element, again) {
  const line = document.getElementById('failed-template')?.content.firstElementChild.cloneNode(true);
  if (!line || element.parentElement.querySelector(':scope > [data-failed]')) return;
  line.dataset.failed = '';
  line.querySelector('[data-again]').addEventListener('click', () => { line.remove(); again(); });
  element.after(line);
}

document.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-room-move]');
  if (!form) { setTimeout(() => { if (!event.defaultPrevented) leaves(event.target); }); return; }
  if (event.defaultPrevented) return;
  event.preventDefault();
  move(form, event.submitter);
});

/** A form that leads to another page is on its way there: following the room now would cut it off. */
function leaves(form) {
  if (form.method === 'dialog' || form.target) return;
  going += 1;
  setTimeout(() => { going -= 1; }, MOST);
}

const means = (button) => button?.textContent.trim();

/** One move at a time. Pressed again while it runs, the same button is a double press: "next" means next to what is seen.
 *  Another one waits, and is pressed where it then stands; one that is gone by then had nothing left to do. */
async function move(form, submitter) {
  if (moving) {
    if (moving !== means(submitter)) next = { action: form.action, label: means(submitter) };
    return;
  }
  moving = means(submitter) || form.action;
  const body = new URLSearchParams(new FormData(form, submitter));
  await go(form.action, { method: 'POST', body }, () => offerAgain(form, () => move(form, submitter)));
  moving = undefined;
  const { action, label } = next ?? {};
  next = undefined;
  const there = [...document.querySelectorAll('form[data-room-move] button')].find((one) => one.form.action === action && means(one) === label);
  if (there) there.form.requestSubmit(there);
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-room-look]');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.href, {}, () => offerAgain(link, () => link.click()));
});

document.addEventListener('live:signal', ({ detail }) => {
  if (detail.seq && detail.seq <= seen) return;                // one's own move has shown it already
  wanted = Math.max(wanted, detail.seq ?? 0);
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 60);
});
document.addEventListener('live:snapshot', () => { wanted = Math.max(wanted, seen + 1); refresh(); });
document.addEventListener('live:closed', ({ detail }) => { if (detail.status !== 401 && !going) leave(); });
document.addEventListener('focusout', ({ target }) => { if (target.closest(PART)?.querySelector(':scope > [data-stale]')) setTimeout(refresh, 0); });

showCurrent();
