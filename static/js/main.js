// Wires behaviours to what the page holds. Each file is one behaviour; the page works without any of them.
import './theme.js';
import './confirm.js';
import './fragments.js';
import * as keys from './keys.js';
import * as localtime from './localtime.js';
import * as page from './page.js';

const has = (selector) => document.querySelector(selector) !== null;

function wire(root) {
  page.wire(root);
  keys.wire(root);
  localtime.wire(root);
}

wire(document);
document.addEventListener('fragment:loaded', (event) => wire(event.target));

if (has('[data-clock]')) import('./clock.js');
if (has('[data-live-src]')) import('./live.js');
if (has('[data-autosave]')) import('./autosave.js');
if (has('[data-room]')) import('./room.js');
if (has('[data-scorecard]')) import('./scorecard.js');
if (has('[data-room-follow]')) import('./room-follow.js');
if (has('[data-presence-url]')) import('./presence.js');
if (has('[data-connection]')) import('./connection.js');
if (has('[data-follow]')) import('./follow.js');
if (has('[data-sign-out]')) import('./sign-out.js');
if (has('[data-reorder]')) import('./reorder.js');
if (has('form[data-preview]')) import('./preview.js');
if (has('form[data-unsaved]')) import('./unsaved.js');
document.documentElement.dataset.ready = '';
