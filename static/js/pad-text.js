// Texts and their changes, for the shared pad. Pure; a delta is Yjs's: how many letters stay, come or go, from the front.

/** The one change that makes `after` of `before`: from, how many go, what comes. Never inside a pair of surrogates. */
export function change(before, after) {
  let from = 0;
  const most = Math.min(before.length, after.length);
  while (from < most && before[from] === after[from]) from += 1;
  if (from > 0 && /[\ud800-\udbff]/.test(before[from - 1])) from -= 1;
  let tail = 0;
  while (tail < most - from && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  if (tail > 0 && /[\udc00-\udfff]/.test(before[before.length - tail])) tail -= 1;
  return { from, gone: before.length - tail - from, come: after.slice(from, after.length - tail) };
}

/** A long text in pieces of so many letters at most, none cut in two. */
export function pieces(text, most) {
  const found = [];
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + most);
    if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1])) end -= 1;
    found.push(text.slice(at, end));
    at = end;
  }
  return found;
}

/** Where a place in the text is after somebody else's change. */
export function moved(place, delta) {
  let at = 0;
  for (const { retain = 0, insert = '', delete: gone = 0 } of delta) {
    if (retain) at += retain;
    else if (insert) { if (at < place) place += insert.length; at += insert.length; }
    else if (gone && at < place) place -= Math.min(gone, place - at);
  }
  return place;
}

/** The text after a change. */
export function made(text, delta) {
  let [at, out] = [0, ''];
  for (const { retain = 0, insert = '', delete: gone = 0 } of delta) {
    out += text.slice(at, at + retain) + insert;
    at += retain + gone;
  }
  return out + text.slice(at);
}
