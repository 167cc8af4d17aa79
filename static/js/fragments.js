// Real links and forms that replace a part of the page. Without JavaScript they are what they are.
//   <a href="…" data-fragment="#list">   <form action="…" data-fragment="#list" data-fragment-live>
// The answer may be the whole page or the part alone: if it holds the target's id, that element's content is taken.
const policy = globalThis.trustedTypes?.createPolicy('fragment', { createHTML: (html) => html }) ?? { createHTML: (html) => html };
const running = new Map();

export function parse(html) {
  const template = document.createElement('template');
  template.innerHTML = policy.createHTML(html);
  return template.content;
}

/** What of an answer belongs into target; null when the answer is a page without it. */
function part(html, target) {
  const content = parse(html);
  const same = target.id && content.querySelector(`#${CSS.escape(target.id)}`);
  if (same) return same;
  return /^\s*<!doctype/i.test(html) ? null : content;
}

/** Replaces what is inside target; keeps focus by id. Fires fragment:loaded on it. False when the part is not in the answer. */
export function swap(target, html) {
  const from = part(html, target);
  if (!from) return false;
  const focused = target.contains(document.activeElement) ? document.activeElement.id : '';
  target.replaceChildren(...from.childNodes);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  target.dispatchEvent(new CustomEvent('fragment:loaded', { bubbles: true }));
  return true;
}

export async function fetchText(url, options = {}) {
  const { target, ...rest } = options;
  const headers = { accept: 'text/html', 'x-fragment': target?.id || '1', ...rest.headers };
  return fetch(url, { credentials: 'same-origin', ...rest, headers });
}

export async function load(element, url, options = {}) {
  const target = document.querySelector(element.dataset.fragment);
  if (!target) { location.assign(url); return; }
  running.get(target)?.abort();
  const abort = new AbortController();
  running.set(target, abort);
  target.setAttribute('aria-busy', 'true');
  target.parentElement?.querySelector(':scope > .unsaved[data-failed]')?.remove();
  try {
    const answer = await fetchText(url, { ...options, target, signal: abort.signal });
    const html = await answer.text();
    if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
    if (!swap(target, html)) {
      if (options.method && !answer.redirected) throw new Error(String(answer.status));
      location.assign(answer.url);
      return;
    }
    const title = /<title>([^<]*)<\/title>/.exec(html)?.[1];
    if (title) document.title = parse(title).textContent;
    if ('fragmentPush' in element.dataset && !options.method) {
      history.replaceState({ fragment: true }, '');
      history.pushState({ fragment: true }, '', answer.url);
    }
    const focus = element.dataset.fragmentFocus && document.querySelector(element.dataset.fragmentFocus);
    if (focus && answer.ok) focus.focus();
  } catch (error) {
    if (error.name !== 'AbortError') failed(element, target, () => load(element, url, options));
  } finally {
    if (running.get(target) === abort) { running.delete(target); target.removeAttribute('aria-busy'); }
  }
}

function failed(element, target, again) {
  const template = document.getElementById('failed-template');
  if (!template) return;
  const line = template.content.firstElementChild.cloneNode(true);
  line.dataset.failed = '';
  line.querySelector('[data-again]').addEventListener('click', () => { line.remove(); again(); });
  target.before(line);
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-fragment]');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target) return;
  event.preventDefault();
  load(link, link.href);
});

function submit(form, submitter) {
  const data = new URLSearchParams(new FormData(form, submitter));
  const url = new URL(submitter?.formAction || form.action, location.href);
  const method = (submitter?.getAttribute('formmethod') || form.method || 'get').toUpperCase();
  if (method !== 'GET') return load(form, url, { method, body: data });
  url.search = data;
  return load(form, url);
}

document.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-fragment]');
  if (!form || event.defaultPrevented || form.enctype === 'multipart/form-data') return;
  event.preventDefault();
  submit(form, event.submitter);
});

const waiting = new WeakMap();
document.addEventListener('input', (event) => {
  const form = event.target.closest('form[data-fragment][data-fragment-live]');
  if (!form) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => submit(form), 250));
});

addEventListener('popstate', (event) => { if (event.state?.fragment) location.reload(); });
