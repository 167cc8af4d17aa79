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

const sent = () => { try { return sessionStorage.getItem('fivefold:sent'); } catch { return null; } };
const loads = [];
const load = (selector, file) => { if (has(selector)) loads.push(import(file)); };

load('[data-clock]', './clock.js');
load('[data-live-src]', './live.js');
// the room's and the scorecard's own scripts come together with it: what it finds on the device is told once
load('[data-room]', './room.js');
load('[data-scorecard]', './scorecard.js');
load('[data-autosave]:not([data-room], [data-scorecard])', './autosave.js');
load('[data-room-follow]', './room-follow.js');
load('[data-queue-find]', './queue-find.js');
load('[data-pad-place], [data-pad-late]', './pad.js');
load('[data-playback]', './pad-playback.js');
load('[data-presence-url]', './presence.js');
load('[data-transcript]', './transcript.js');
load('[data-recorder]', './recorder.js');
load('[data-connection]', './connection.js');
load('[data-follow]', './follow.js');
load('[data-sign-out]', './sign-out.js');
load('[data-reorder]', './reorder.js');
load('form[data-preview]', './preview.js');
load('form[data-unsaved]', './unsaved.js');
// with a form, and after one was sent
if (has('form[data-on-device]') || sent()) loads.push(import('./on-device.js'));
Promise.allSettled(loads).then(() => { document.documentElement.dataset.ready = ''; });
