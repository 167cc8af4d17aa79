// Laws of the pad's texts: a change says what was typed, a place stays beside its letter, a delta makes the text it came from.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const source = readFileSync(new URL('../../static/js/pad-text.js', import.meta.url), 'utf8');
const { change, moved, made, pieces } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

/** Numbers that look random and are the same in every run. */
function dice(seed) {
  let state = seed;
  return (sides) => { state = (state * 1103515245 + 12345) % 2147483648; return Math.floor((state / 2147483648) * sides); };
}

const LETTERS = ['a', 'b', '\n', '\t', 'é', '𝒳', '😀', '👩🏽‍💻'];
const some = (roll, most) => Array.from({ length: roll(most) }, () => LETTERS[roll(LETTERS.length)]).join('');
const halves = (text) => /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);

test('a change turns the text before into the text after, and cuts no letter in two', () => {
  const roll = dice(1);
  for (let round = 0; round < 5000; round += 1) {
    const [before, after] = [some(roll, 12), some(roll, 12)];
    const { from, gone, come } = change(before, after);
    const told = `${JSON.stringify(before)} to ${JSON.stringify(after)}`;
    assert.equal(before.slice(0, from) + come + before.slice(from + gone), after, told);
    assert.ok(!halves(come) && !halves(before.slice(from, from + gone)), told);
  }
});

test('one letter typed is one letter, wherever it is', () => {
  const roll = dice(2);
  for (let round = 0; round < 1000; round += 1) {
    const before = some(roll, 12);
    const at = [...before].slice(0, roll(12)).join('').length;
    const { gone, come } = change(before, `${before.slice(0, at)}z${before.slice(at)}`);
    assert.deepEqual([gone, come], [0, 'z']);
  }
});

test('a long text in pieces is the same text, none longer than asked and no letter cut in two', () => {
  const roll = dice(4);
  for (let round = 0; round < 1000; round += 1) {
    const [text, most] = [some(roll, 30), 2 + roll(6)];
    const found = pieces(text, most);
    assert.equal(found.join(''), text);
    assert.ok(found.every((piece) => piece.length > 0 && piece.length <= most && !halves(piece)), JSON.stringify(found));
  }
});

test('a delta makes the text, and a place stays before the letter it was before', () => {
  const roll = dice(3);
  for (let round = 0; round < 5000; round += 1) {
    const before = Array.from({ length: 8 }, (_, i) => String.fromCharCode(97 + i)).join('');
    const [at, gone] = [roll(9), roll(4)];
    const went = Math.min(gone, 8 - at);
    const come = 'XYZ'.slice(0, roll(4));
    const delta = [{ retain: at }, ...(come ? [{ insert: come }] : []), ...(went ? [{ delete: went }] : [])];
    const after = made(before, delta);
    assert.equal(after, before.slice(0, at) + come + before.slice(at + went));
    const place = roll(9);
    const next = before[place];
    if (next && (place < at || place >= at + went)) assert.equal(after[moved(place, delta)], place === at && come ? come[0] : next);
  }
});
