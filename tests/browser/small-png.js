// A picture of a page with 256 colours: a third of the size, and nobody sees the difference in text and flat areas.

import { crc32 } from './crc32.js';
import { deflateSync } from 'node:zlib';

/** png: what `page.screenshot()` gives; page: any page of a browser, to decode it in. */
export async function small(png, page) {
  const { width, height, palette, places } = await page.evaluate(paint, png.toString('base64'));
  const pixels = Buffer.from(places, 'base64');
  const lines = Buffer.alloc((width + 1) * height);             // each line begins with its filter: none
  for (let y = 0; y < height; y += 1) pixels.copy(lines, y * (width + 1) + 1, y * width, (y + 1) * width);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8);                                          // 8 bits, palette
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head), chunk('PLTE', Buffer.from(palette)), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** The commonest 256 colours, and of each pixel the nearest of them. Runs in the page. */
async function paint(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { width, height } = image;
  const canvas = new OffscreenCanvas(width, height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  const colours = new Uint32Array(canvas.getImageData(0, 0, width, height).data.buffer);
  const seen = new Map();
  for (const colour of colours) seen.set(colour, (seen.get(colour) ?? 0) + 1);
  const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const kept = [...seen].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([colour]) => parts(colour));
  const far = (a, b) => a.reduce((sum, part, i) => sum + (part - b[i]) ** 2, 0);
  const nearest = (colour) => kept.reduce((best, one, at) => (far(one, parts(colour)) < far(kept[best], parts(colour)) ? at : best), 0);
  const place = new Map([...seen.keys()].map((colour) => [colour, nearest(colour)]));
  let places = '';
  for (const colour of colours) places += String.fromCharCode(place.get(colour));
  return { width, height, palette: kept.flat(), places: btoa(places) };
}
