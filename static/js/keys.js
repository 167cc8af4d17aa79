// Single-key shortcuts: one registry, `?` shows the list, a switch turns them off. Never while typing, never with a modifier.
// In markup: data-key="n" focuses a text field or select, and presses anything else; several keys go with spaces.
const registry = new Map();
const TEXT = 'textarea, select, [contenteditable], input:not([type="radio"], [type="checkbox"], [type="button"], [type="submit"], [type="range"])';

/** run(event) returns false when it had nothing to do. */
export function register(key, run) { registry.set(key, run); }

export function enabled() {
  if (document.documentElement.dataset.keys === 'off') return false;
  try { return localStorage.getItem('keys') !== 'off'; } catch { return true; }
}

const visible = (element) => !element.disabled && element.getAttribute('aria-disabled') !== 'true' && element.checkVisibility();

function press(key) {
  for (const element of document.querySelectorAll('[data-key]')) {
    if (!element.dataset.key.split(' ').includes(key)) continue;
    // a radio button inside a styled label is transparent, not absent
    if (!visible(element.closest('label') ?? element)) continue;
    if (element.matches(TEXT)) element.focus(); else element.click();
    return true;
  }
  return false;
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.keyCode === 229 || event.repeat) return;
  const at = event.target;
  if (at.closest?.(TEXT)) { if (event.key === 'Escape') at.blur(); return; }
  if (document.querySelector('dialog[open]')) return;
  if (event.key.startsWith('Arrow') && at.closest?.('[role="radiogroup"], fieldset, [role="menu"], input, .scrollx')) return;
  if (event.key === '?' && document.getElementById('keys-help')) { help(); event.preventDefault(); return; }
  if (!enabled()) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const run = registry.get(key);
  if ((run && run(event) !== false) || press(key)) event.preventDefault();
});

function help() {
  const dialog = document.getElementById('keys-help');
  const box = dialog.querySelector('[data-keys-switch]');
  if (box) box.checked = enabled();
  dialog.showModal();
}

document.addEventListener('click', (event) => { if (event.target.closest('[data-keys-help]')) help(); });
document.addEventListener('change', (event) => {
  if (!event.target.matches('[data-keys-switch]')) return;
  try { localStorage.setItem('keys', event.target.checked ? 'on' : 'off'); } catch { /* private mode: off until the page is left */ }
  if (event.target.checked) delete document.documentElement.dataset.keys; else document.documentElement.dataset.keys = 'off';
});

export function wire(root) {
  for (const button of root.querySelectorAll('[data-keys-help]')) button.hidden = false;
}
