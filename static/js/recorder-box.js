// What was recorded, kept on this device as it comes: a part every few seconds, encrypted like everything that is not saved
// yet (outbox.js). Knows no DOM and no microphone.
import { open } from './outbox.js';

const base64 = (buffer) => { let out = ''; for (const byte of new Uint8Array(buffer)) out += String.fromCharCode(byte); return btoa(out); };
const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** The box of one answer, or null where nothing can be kept. */
export async function openBox(account, url) {
  const box = await open(JSON.stringify(['recording', account, url]));
  if (!box) return null;
  return {
    /** A part of a take, and how long it is with it. */
    async add({ take, type, number, ms, part }) {
      await box.put(`${take}/${String(number).padStart(6, '0')}`, { take, type, number, ms, data: base64(await part.arrayBuffer()) });
    },
    /** The newest take that a page left that is gone, as far as it is without a gap; null when there is none. */
    async left() {
      const found = await box.left().catch(() => []);
      const last = found.at(-1)?.[1];
      if (!last) return null;
      const parts = found.map(([, value]) => value).filter((value) => value.take === last.take).sort((a, b) => a.number - b.number);
      const whole = parts.filter((part, place) => part.number === place);
      const old = found.filter(([, value]) => value.take !== last.take).map(([key]) => key);
      if (old.length) box.remove(old);
      if (!whole.length) return null;
      return { take: last.take, type: last.type, ms: whole.at(-1).ms, parts: whole.map((part) => new Blob([bytes(part.data)])) };
    },
    wipe: () => box.wipe(),
  };
}
