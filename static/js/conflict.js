// Two versions of one value, side by side: mine, theirs, or (for texts) both. Nothing is merged silently.
import { controls, describe, isText } from './fields.js';

/** Marks the words of `to` that are not in `from` with the given element name. */
export function marked(from, to, name) {
  const a = from.split(/(\s+)/), b = to.split(/(\s+)/);
  const out = document.createDocumentFragment();
  if (a.length * b.length > 400000) { out.append(to); return out; }
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) {
    table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
  }
  let i = 0, j = 0, run = '', changed = false;
  const flush = () => {
    if (!run) return;
    if (changed) { const mark = document.createElement(name); mark.textContent = run; out.append(mark); } else out.append(run);
    run = '';
  };
  while (j < b.length) {
    const keep = i < a.length && a[i] === b[j];
    if (!keep && i < a.length && table[i + 1][j] >= table[i][j + 1]) { i++; continue; }
    if (changed === keep) { flush(); changed = !keep; }
    run += b[j++];
    if (keep) i++;
  }
  flush();
  return out;
}

/** Shows the panel under the control (or the note) and calls choose('mine' | 'theirs' | 'both') once. */
export function showConflict(root, key, mine, theirs, choose) {
  const template = document.getElementById('conflict-template');
  const anchor = key.startsWith('evidence:') ? root.querySelector(`[data-evidence="${CSS.escape(key.slice(9))}"]`) : controls(root, key)[0];
  const place = anchor?.closest('.field, fieldset, .arearow, article, label') ?? anchor ?? root.querySelector('[data-conflicts], [data-save-state]');
  if (!template || !place) return;                              // it stays unsaved, and the save state says so
  hideConflict(root, key);
  const panel = template.content.firstElementChild.cloneNode(true);
  panel.dataset.conflictKey = key;
  panel.dataset.open = '';
  const words = { mine: describe(root, key, mine), theirs: describe(root, key, theirs) };
  panel.querySelector('[data-mine]').append(marked(words.theirs, words.mine, 'ins'));
  panel.querySelector('[data-theirs]').append(marked(words.mine, words.theirs, 'ins'));
  const both = panel.querySelector('[data-keep-both]');
  const text = isText(root, key) && words.mine && words.theirs;
  if (both) both.hidden = !text;
  panel.addEventListener('click', (event) => {
    const keep = event.target.closest('[data-keep]')?.dataset.keep;
    if (!keep) return;
    panel.remove();
    anchor?.focus?.();
    choose(keep);
  });
  place.after(panel);
}

export function hideConflict(root, key) {
  for (const panel of root.querySelectorAll('[data-conflict-key]')) if (panel.dataset.conflictKey === key) panel.remove();
}
