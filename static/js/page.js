// Small behaviours of every page: menus that close, print, copy, focus on what went wrong, dialogs' close buttons.
import { announce } from './announce.js';

document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details[data-menu][open]')) if (!menu.contains(event.target)) menu.open = false;
  if (event.target.closest('[data-print]')) print();
  event.target.closest('[data-close-dialog]')?.closest('dialog')?.close();
  const copy = event.target.closest('[data-copy]');
  if (copy) {
    const source = document.querySelector(copy.dataset.copy);
    navigator.clipboard?.writeText(source?.value ?? source?.textContent ?? '').then(() => announce(copy.dataset.copied), () => getSelection()?.selectAllChildren(source));
  }
  const link = event.target.closest('.error-summary a[href^="#"]');
  if (link) {
    const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const control = field?.matches('input, select, textarea') ? field : field?.querySelector('input, select, textarea');
    if (control) { event.preventDefault(); control.focus(); control.scrollIntoView({ block: 'center' }); }
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const menu = event.target.closest?.('details[data-menu][open]');
  if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
});

document.addEventListener('focusout', (event) => {
  const menu = event.target.closest?.('details[data-menu][open]');
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

/** Where links do not fit side by side, the one of this page is in sight. */
function showCurrent(link) {
  const strip = link.closest('.topnav, .subnav ul');
  const [place, frame] = [link.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollLeft += place.left - frame.left - (frame.width - place.width) / 2;
}

export function wire(root) {
  for (const link of root.querySelectorAll('.topnav [aria-current], .subnav [aria-current]')) showCurrent(link);
  root.querySelector('[data-focus-on-load]')?.focus();
  if (!navigator.clipboard) for (const button of root.querySelectorAll('[data-copy]')) button.hidden = true;
}
