// One polite status node per page. Messages wait their turn, 300 ms apart, so none swallows another.
const queue = [];
let busy = false;

export function announce(text) {
  if (!text) return;
  queue.push(text);
  if (!busy) next();
}

function next() {
  const node = document.getElementById('announce');
  const text = queue.shift();
  if (!node || text === undefined) { busy = false; return; }
  busy = true;
  node.textContent = '';
  setTimeout(() => { node.textContent = text; setTimeout(next, 300); }, 50);
}

/** Fills {name} in words that the template gave. */
export function fill(words, values) {
  return (words ?? '').replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}
