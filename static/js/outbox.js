// What is not saved yet, kept on this device: IndexedDB, encrypted with a key that cannot be taken out of this browser.
// Only on https or localhost (crypto.subtle); elsewhere open() answers null and values live in the tab alone.
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

/** The unsent values of one scope (person + card), or null where nothing can be kept. */
export async function open(scope) {
  if (!possible()) return null;
  try { await database(); } catch { return null; }
  const label = (key) => new TextEncoder().encode(JSON.stringify([scope, key]));
  let order = Promise.resolve();                            // writes of one scope stay in their order
  const inOrder = (work) => (order = order.then(work, work));

  return {
    put: (key, value) => inOrder(async () => {
      const { db, key: secret } = await database();
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = new TextEncoder().encode(JSON.stringify(value));
      const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: label(key) }, secret, plain);
      const tx = db.transaction('items', 'readwrite');
      tx.objectStore('items').put({ scope, key, iv, data, at: Date.now() });
      await done(tx);
    }),
    remove: (keys) => inOrder(async () => {
      const { db } = await database();
      const tx = db.transaction('items', 'readwrite');
      for (const key of [keys].flat()) tx.objectStore('items').delete([scope, key]);
      await done(tx);
    }),
    async all() {
      await order.catch(() => {});
      const { db, key: secret } = await database();
      const rows = await wait(db.transaction('items').objectStore('items').getAll(IDBKeyRange.bound([scope], [scope, []])));
      const found = new Map();
      for (const row of rows.sort((a, b) => a.at - b.at)) {
        try {
          const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv, additionalData: label(row.key) }, secret, row.data);
          found.set(row.key, JSON.parse(new TextDecoder().decode(plain)));
        } catch { /* written under another key: unreadable, left alone until the next wipe */ }
      }
      return found;
    },
    wipe: () => inOrder(async () => {
      const { db } = await database();
      const tx = db.transaction('items', 'readwrite');
      tx.objectStore('items').delete(IDBKeyRange.bound([scope], [scope, []]));
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
