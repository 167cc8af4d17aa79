// Figures of the live room, measured and not judged: `scripts/room-figures.sh`. They are of this machine and this build.

import http from 'node:http';
import { readFileSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import { live, score } from '../faults/hands.js';
import { Crew } from '../faults/room.js';
import { Stage } from '../people.js';
import { BINARY, Server } from '../server.js';

const ROOMS = Number(process.env.FIVEFOLD_FIGURES_ROOMS ?? 1000);
const MOVES = 100;
const KEYS = 40;

const server = await Server.startWith({ FIVEFOLD_TRUSTED_PROXIES: '127.0.0.1' });
const stage = await Stage.open(server);
try {
  const crew = await Crew.make(server);
  const room = await (await crew.room()).start();
  const [ben, sam] = [await room.enter(stage, 'ben'), await room.enter(stage, 'sam')];
  for (const person of [ben, sam]) await live(person);
  console.log(`build: ${BINARY}; ${new Date().toISOString().slice(0, 10)}; times in ms, median and p99`);
  await pages(ben, sam);
  await keys(ben);
  await signals('one room open', room, sam);
  const made = await rooms(crew);
  const before = memory();
  const streams = await Promise.all(made.map(listen));
  await pass(5000);                                             // what was built up on the way is given back
  const after = memory();
  console.log(`memory of the server: ${before} kB with ${made.length} rooms that nobody watches, ${after} kB with an idle stream on each: ${((after - before) / streams.length).toFixed(1)} kB for each`);
  await signals(`${streams.length} rooms open besides`, room, sam);
  for (const stream of streams) stream.destroy();
} finally {
  await stage.close();
  await server.stop();
}

function row(name, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1);
  console.log(`${name}: ${at(0.5)}, ${at(0.99)} (of ${sorted.length})`);
}

async function pages(ben, sam) {
  for (const [name, person] of [['interviewer', ben], ['candidate', sam]]) {
    const { html, scripts } = await person.page.evaluate(() => ({
      html: performance.getEntriesByType('navigation')[0].decodedBodySize,
      scripts: performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).map(({ decodedBodySize }) => decodedBodySize),
    }));
    console.log(`page of the ${name}: ${html} bytes of HTML; ${scripts.length} scripts of ${scripts.reduce((a, b) => a + b, 0)} bytes, unpacked`);
  }
}

/** From the key to the picture, what of it was work, and to the server's word that it is kept. */
async function keys(person) {
  await person.page.evaluate(() => {
    const kept = window.figures = { work: [], paint: [], saved: [] };
    let began = 0;
    addEventListener('keydown', (event) => { began = event.timeStamp; kept.at = performance.now(); }, true);
    addEventListener('keydown', () => {
      const mine = began;
      kept.work.push(performance.now() - kept.at);
      requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => kept.paint.push(performance.now() - mine); channel.port2.postMessage(0); });
    });
    document.addEventListener('autosave:saved', () => kept.saved.push(performance.now() - began));
  });
  for (let i = 0; i < KEYS; i += 1) {
    const saved = await person.page.evaluate(() => window.figures.saved.length);
    await score(person, (i % 5) + 1);
    await person.page.waitForFunction((count) => window.figures.saved.length > count, saved);
  }
  const { work, paint, saved } = await person.page.evaluate(() => window.figures);
  row('score key: work of the scripts', work);
  row('score key to paint', paint);
  row('score key to acknowledged (of which 600 wait for more keys)', saved);
}

/** A move by the API, and when the other browser hears of it. That its answer comes means that it is committed. */
async function signals(when, room, sam) {
  const [sinceSent, sinceCommitted] = [[], []];
  await sam.page.evaluate(() => { window.heard = new Promise(() => {}); });
  for (let i = 0; i < MOVES; i += 1) {
    await sam.page.evaluate(() => {
      window.heard = new Promise((resolve) => { document.addEventListener('live:signal', () => resolve(performance.timeOrigin + performance.now()), { once: true }); });
    });
    const sent = performance.timeOrigin + performance.now();
    await room.move({ phase: 'live', question_id: room.questions[i % 2 ? 0 : 1].id });
    const committed = performance.timeOrigin + performance.now();
    const heard = await sam.page.evaluate(() => window.heard);
    sinceSent.push(heard - sent);
    sinceCommitted.push(heard - committed);
  }
  row(`signal, ${when}: move sent to heard in the other browser`, sinceSent);
  row(`signal, ${when}: move answered to heard in the other browser`, sinceCommitted);
}

function memory() { return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))[1]); }

/** So many rooms that are live, each with a candidate by link: where they would listen. */
async function rooms(crew) {
  const made = [];
  for (let i = 0; i < ROOMS; i += 25) {
    made.push(...await Promise.all(Array.from({ length: Math.min(25, ROOMS - i) }, async (_, n) => {
      const from = `10.${(i + n) >> 8}.${(i + n) & 255}.1`;
      const room = await (await crew.room({ candidate: `Guest ${i + n}` })).start();
      const { url } = await crew.ada.post(`${room.path}/candidate-links`, { days: 1 });
      const entered = await fetch(server.url + new URL(url).pathname, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', 'x-forwarded-for': from } });
      const cookie = entered.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
      return { url: `${server.url}/api/v1${room.path}/events?after=0`, headers: { cookie, 'x-forwarded-for': from } };
    })));
  }
  await pass(5000);
  return made;
}

function listen({ url, headers }) {
  return new Promise((resolve, reject) => {
    http.get(url, { headers: { accept: 'text/event-stream', ...headers }, agent: false }, (answer) => {
      if (answer.statusCode !== 200) { reject(new Error(`${url}: ${answer.statusCode}`)); return; }
      answer.on('error', () => {});
      answer.once('data', () => resolve(answer));
      answer.resume();
    }).on('error', reject);
  });
}
