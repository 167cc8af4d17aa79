// Through a page by Tab alone.

import assert from 'node:assert/strict';

/** Presses Tab until the page has been gone through once: every stop is named, on the screen, and can be seen to have the focus. */
export async function tabThrough(person, most = 60) {
  const { page } = person;
  const stops = [];
  while (stops.length < most) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(look);
    if (!stop || stops.some(({ id }) => id === stop.id)) break;
    stops.push(stop);
    for (const [fault, there] of Object.entries({ 'has no name': !stop.name, 'shows no focus': !stop.shown, 'is not on the screen': !stop.inside })) {
      assert.ok(!there, `${person.name}: ${new URL(page.url()).pathname}: ${stop.html} ${fault}`);
    }
  }
  assert.ok(stops.length > 1, `${page.url()}: nothing to tab to`);
  return stops.map(({ name }) => name);
}

/** What has the focus now. Runs in the page. */
function look() {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  window.stops ??= new Map();
  if (!window.stops.has(at)) window.stops.set(at, window.stops.size);
  // a radio button inside a dressed label is transparent, a note is written in a frame: what is round it shows the focus
  const outlined = [at, at.closest('label'), at.closest('.composer')].some((element) => {
    const { outlineStyle, outlineWidth } = element ? getComputedStyle(element) : {};
    return element && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
  });
  const box = at.getBoundingClientRect();
  const label = at.labels?.[0]?.textContent ?? '';
  return {
    id: window.stops.get(at),
    name: (at.getAttribute('aria-label') ?? (label || (at.textContent ?? ''))).replace(/\s+/g, ' ').trim() || at.getAttribute('aria-labelledby') || '',
    shown: outlined,
    inside: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
    html: at.outerHTML.slice(0, 140),
  };
}
