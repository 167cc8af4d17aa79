// What people do in a room, by keys and mouse, and what they wait for.

/** Writes a note by keys alone, as fast as keys go. */
export async function note(person, text, sign = 's') {
  const { page } = person;
  await page.keyboard.press('Escape');
  await page.locator('#main').focus();
  await page.keyboard.press(sign);
  await page.keyboard.press('n');
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Enter');
}

/** A score of the question that is shown, by its key. */
export async function score(person, value) {
  await person.page.locator('#main').focus();
  await person.page.keyboard.press(String(value));
}

export async function rate(person, area, value) {
  await person.page.locator('.arearow').nth(area - 1).locator('label').nth(value - 1).click();
}

export const saveState = (person, state, timeout = 15_000) => person.page.locator(`[data-save-state][data-state="${state}"]`).first().waitFor({ timeout });

/** Everything is with the server: the page says so, and nothing is kept on the device any more. */
export async function settled(person, timeout = 30_000) {
  await saveState(person, 'saved', timeout);
  await person.page.waitForFunction(() => !document.querySelector('[data-dirty], [data-unsent]'));
}

/** The scripts are there. */
export const ready = (person) => person.page.locator('html[data-ready]').waitFor({ state: 'attached' });
export const live = (person, state = 'open') => person.page.locator(`html[data-live="${state}"]`).waitFor({ state: 'attached', timeout: 40_000 });
export const prompt = (person) => person.page.locator('.prompt');
export const notes = (person) => person.page.locator('[data-note-list] [data-note-text]');

/** How many values wait on the device of this page's browser. */
export const waiting = (person) => person.page.evaluate(() => new Promise((resolve, reject) => {
  const open = indexedDB.open('fivefold');
  open.onerror = () => reject(open.error);
  open.onsuccess = () => {
    const db = open.result;
    if (!db.objectStoreNames.contains('items')) { db.close(); resolve([]); return; }
    const all = db.transaction('items').objectStore('items').getAllKeys();
    all.onsuccess = () => { db.close(); resolve(all.result.map((key) => key[1])); };
  };
}));
