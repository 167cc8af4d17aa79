// What is not saved yet, kept on this device: IndexedDB, encrypted with a key that cannot be taken out of this browser.
// Only on https or localhost (crypto.subtle); elsewhere open() answers null and values live in the tab alone.
import { uuid } from './uuid.js';

const NAME = 'fivefold';
const possible = () => Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);
const wait = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
const done = (tx) => new Promise((resolve, reject) => { tx.oncomplete = () => resolve(); tx.onabort = tx.onerror = () => reject(tx.error); });
let shared;

async function connect() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('keys');
    request.result.createObjectStore('items', { keyPath: ['scope', 'key'] });
  };
  const db = await wait(request);
  db.onversionchange = () => { db.close(); shared = undefined; };
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const tx = db.transaction('keys', 'readwrite');          // two tabs at once: the first key stays
  const store = tx.objectStore('keys');
  const known = await wait(store.get('v1'));
  if (!known) store.put(fresh, 'v1');
  await done(tx);
  return { db, key: known ?? fresh };
}

const database = () => (shared ??= connect().catch((error) => { shared = undefined; throw error; }));

/** A tab holds the lock of its own values as long as it lives, and takes over those of a tab that is gone. */
const own = (scope, tab) => new Promise((resolve) => {
  if (!navigator.locks) { resolve(true); return; }
  navigator.locks.request(`fivefold:${scope}:${tab}`, { ifAvailable: true }, (lock) => {
    resolve(Boolean(lock));
    return lock ? new Promise(() => {}) : undefined;
  }).catch(() => resolve(false));
});

/** Rows are named after the tab that typed them: two tabs at the same text keep one each. */
const rowOf = (tab, key) => (tab ? `${tab}/${key}` : key);
const parts = (row) => { const [, tab, key] = /^(?:([0-9a-f-]{36})\/)?([^]*)$/.exec(row); return { tab: tab ?? '', key }; };

/** The unsent values of one scope (person + card), or null where nothing can be kept. */
export async function open(scope) {
  if (!possible()) return null;
  try { await database(); } catch { return null; }
  const tab = uuid();
  const tabs = new Set([tab]);                              // this one, and those it took over
  const label = (key) => new TextEncoder().encode(JSON.stringify([scope, key]));
  const range = () => IDBKeyRange.bound([scope], [scope, []]);
  let order = own(scope, tab);                              // writes of one scope stay in their order
  const inOrder = (work) => (order = order.then(work, work));
  const newest = new Map();                                 // put, not written yet

  async function write(key, instead) {
    if (!newest.has(key)) return;                           // removed meanwhile
    const value = newest.get(key);
    newest.delete(key);
    const { db, key: secret } = await database();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: label(key) }, secret, plain);
    const tx = db.transaction('items', 'readwrite');
    tx.objectStore('items').put({ scope, key: rowOf(tab, key), iv, data, at: Date.now() });
    if (instead) for (const one of tabs) if (one !== tab) tx.objectStore('items').delete([scope, rowOf(one, key)]);
    await done(tx);
  }

  async function read(row, secret) {
    const { tab: from, key } = parts(row.key);
    if (!tabs.has(from)) { if (!(await own(scope, from))) return null; tabs.add(from); }
    try {
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv, additionalData: label(key) }, secret, row.data);
      return [key, JSON.parse(new TextDecoder().decode(plain))];
    } catch { return null; }                                // written under another key: unreadable, left alone until the next wipe
  }

  return {
    /** instead: of what tabs that are gone left under this name, which is in the value. */
    put(key, value, { instead = false } = {}) {
      const queued = newest.has(key);
      newest.set(key, value);
      return queued ? order : inOrder(() => write(key, instead));
    },
    remove(keys) {
      for (const key of [keys].flat()) newest.delete(key);
      return inOrder(async () => {
        const { db } = await database();
        const tx = db.transaction('items', 'readwrite');
        for (const key of [keys].flat()) for (const one of tabs) tx.objectStore('items').delete([scope, rowOf(one, key)]);
        await done(tx);
      });
    },
    /** What tabs that are gone could not send, oldest first: [key, value]. */
    async left() {
      await order.catch(() => {});
      const { db, key: secret } = await database();
      const rows = (await wait(db.transaction('items').objectStore('items').getAll(range()))).filter((row) => parts(row.key).tab !== tab);
      const found = [];
      for (const row of rows.sort((a, b) => a.at - b.at)) found.push(await read(row, secret));
      return found.filter(Boolean);
    },
    wipe: () => inOrder(async () => {
      const { db } = await database();
      const tx = db.transaction('items', 'readwrite');
      tx.objectStore('items').delete(range());
      await done(tx);
    }),
  };
}

/** How many values wait, over all scopes. */
export async function count() {
  if (!possible()) return 0;
  const { db } = await database();
  return wait(db.transaction('items').objectStore('items').count());
}

/** Signing out: everything goes, the key too. */
export async function wipeAll() {
  if (!possible()) return;
  const { db } = await database();
  const tx = db.transaction(['items', 'keys'], 'readwrite');
  tx.objectStore('items').clear();
  tx.objectStore('keys').clear();
  await done(tx);
  db.close();
  shared = undefined;
}
