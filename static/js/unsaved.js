// A form with an explicit Save: leaving with something that is saved nowhere asks first, unless the device keeps it.
const form = document.querySelector('form[data-unsaved]');
const written = () => new URLSearchParams(new FormData(form)).toString();
const saved = form.dataset.unsaved === 'yes' ? null : written();
let sent = false;

form.addEventListener('submit', (event) => { sent = !event.defaultPrevented; });
addEventListener('pageshow', () => { sent = false; });
addEventListener('beforeunload', (event) => { if (!sent && !('kept' in form.dataset) && written() !== saved) event.preventDefault(); });
