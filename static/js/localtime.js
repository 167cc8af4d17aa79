// Times are written by the server in a named zone. The title adds this browser's own zone; zone pickers get a first guess.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function wire(root) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
  for (const time of root.querySelectorAll('time[data-local][datetime]')) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.valueOf())) time.title = `${format.format(at)} (${zone})`;
  }
  for (const select of root.querySelectorAll('select[data-guess-zone]')) {
    if (!select.value && [...select.options].some((option) => option.value === zone)) select.value = zone;
  }
  for (const input of root.querySelectorAll('input[data-guess-zone]')) input.value ||= zone;
}
