// The same hour in the room, once on a good line and then on bad ones: it ends in the same state, on the server and before
// everybody's eyes. How long a line is away is the fault itself; FIVEFOLD_FAULT_SECONDS makes it longer (scripts/fault-tests.sh).

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import { Stage } from '../people.js';
import { Server } from '../server.js';
import { shown } from '../team.js';
import { live, note, prompt, ready, saveState, score, settled, waiting } from './hands.js';
import { Line } from './line.js';
import { content, Crew } from './room.js';

const LONG = Number(process.env.FIVEFOLD_FAULT_SECONDS ?? 0);
const AWAY = 1000 * (LONG || 3);
/** Bytes of script as they are written, words about them and all; a third of it goes over the line. */
const BUDGET = 60 * 1024;
const WHO = ['ben', 'cara', 'olga', 'sam'];

let server, stage, crew, plain;
const lines = {}, people = {};

before(async () => {
  server = await Server.start();
  stage = await Stage.open(server);
  crew = await Crew.make(server);
  const lobby = await crew.room();
  await Promise.all(WHO.map(async (who) => {
    lines[who] = await Line.open(server);
    people[who] = await lobby.enter(stage, who, lines[who]);
  }));
  plain = await hour(async (act) => { await act(); });
});

after(async () => {
  await stage?.close();
  await Line.closeAll();
  await server?.stop();
});

/** Two questions, notes, scores and the candidate's own notes. `fault(act, scene)` has the middle of it happen on a bad line. */
async function hour(fault) {
  const room = await (await crew.room()).start();
  const { ben, cara, sam } = people;
  await Promise.all(WHO.map(async (who) => {
    Object.assign(lines[who], { refuses: () => undefined, bends: (event) => [event] });
    await people[who].page.goto(room.page);
    await ready(people[who]);
    await live(people[who]);
  }));
  await note(ben, 'Begins with the state of the queue.');
  await score(cara, 3);
  await sam.page.locator('#text').click();
  await sam.page.keyboard.type('First the queue. ');
  for (const person of [ben, cara, sam]) await settled(person);

  await fault(async () => {
    await note(ben, 'Names the worker that hangs.', 'c');
    await score(ben, 4);
    await note(cara, 'Asks who is told.');
    await sam.page.locator('#text').press('End');
    await sam.page.keyboard.type('Then the worker. ');
    // the room goes on meanwhile, by another device of who leads
    for (const question of [1, 2, 1]) await room.move({ phase: 'live', question_id: room.questions[question].id });
  }, { room });

  for (const person of [ben, cara, sam]) await settled(person, 60_000);
  const asked = room.questions[1];
  for (const person of Object.values(people)) await shown(prompt(person), (text) => text.trim() === asked.prompt, 1, 45_000);
  await score(ben, 2);
  await note(ben, 'Goes back to the plan.');
  await settled(ben);
  const seen = Object.fromEntries(await Promise.all(WHO.map(async (who) => [who, await shows(people[who])])));
  const { panel } = await room.state();
  const ends = {
    ben: content(await room.card('ben')), cara: content(await room.card('cara')), own: await room.ownNotes(),
    queue: panel.queue.map(({ used_seconds, ...rest }) => rest), driver: panel.driver_id === crew.ben.id, seen,
  };
  for (const person of [ben, cara, sam]) assert.deepEqual(await waiting(person), []);
  assert.deepEqual(stage.people.flatMap((person) => person.faults).filter((fault) => !/ (503|504) /.test(fault)), []);
  for (const who of WHO) people[who].faults.length = 0;
  return ends;
}

/** What somebody has before them, but for times. */
async function shows(person) {
  return person.page.evaluate(() => ({
    prompt: document.querySelector('.prompt')?.textContent.trim(),
    queue: [...document.querySelectorAll('.queue__list li')].map((one) => [one.querySelector('[aria-current]') !== null, one.querySelector('.q__t').textContent, one.querySelector('[data-queue-score]')?.textContent.trim()]),
    notes: [...document.querySelectorAll('[data-note-list] [data-note-text]')].map((one) => one.textContent).sort(),
    score: document.querySelector('[name="question_value"]:checked')?.value,
    own: document.querySelector('textarea[data-field="text"]')?.value,
    failed: document.querySelectorAll('[data-failed], .conflict').length,
  }));
}

async function sameAsPlain(fault) {
  assert.deepEqual(await hour(fault), plain);
}

test('the network is gone: what is typed is kept, and everything is as it would have been', () => sameAsPlain(async (act) => {
  for (const who of WHO) lines[who].cut();
  for (const who of WHO) await people[who].context.setOffline(true);
  await act();
  await pass(AWAY);
  await saveState(people.ben, 'offline');
  assert.match(await people.ben.page.locator('[data-save-text]').textContent(), /Offline\. Kept on this device, changes: [1-9]/);
  for (const who of WHO) lines[who].mend();
  for (const who of WHO) await people[who].context.setOffline(false);
}));

test('a laptop sleeps: its page stands still, its line is dead, and it catches up when it is opened', () => sameAsPlain(async (act) => {
  await act();
  const sleepers = ['ben', 'sam'];
  const tools = await Promise.all(sleepers.map(async (who) => people[who].context.newCDPSession(people[who].page)));
  for (const tool of tools) await tool.send('Page.setWebLifecycleState', { state: 'frozen' });
  for (const who of sleepers) lines[who].cut();
  await pass(AWAY);
  for (const who of sleepers) lines[who].mend();
  for (const tool of tools) await tool.send('Page.setWebLifecycleState', { state: 'active' });
}));

test('everybody comes back at once and is told to wait: they wait, and miss nothing', () => sameAsPlain(async (act) => {
  const until = Date.now() + AWAY;
  for (const who of WHO) {
    lines[who].refuses = ({ method }) => (Date.now() < until && method !== 'PUT' ? 503 : undefined);
    lines[who].endStreams();
  }
  await act();
}));

test('a signal comes and the page that it tells of does not: it is asked for again', () => sameAsPlain(async (act) => {
  const refused = { ben: 0, cara: 0, olga: 0, sam: 0 };
  for (const who of WHO) lines[who].refuses = ({ method, url }) => (method === 'GET' && /\/room(\?|$)/.test(url) && refused[who]++ < 2 ? 503 : undefined);
  await act();
  await until(() => Object.values(refused).every((count) => count > 2));
}));

test('signals are lost, come twice and in another order: the room is the same', () => sameAsPlain(async (act, { room }) => {
  const bends = {
    ben: (event) => [event, event],
    // the second comes before the first
    cara: () => { const held = []; return (event) => { if (!event.includes('"seq"') || held.length > 1) return [event]; held.unshift(event); return held.length > 1 ? held : []; }; },
    // when even the last one is lost, the next word of the line tells, within a quarter of a minute
    olga: () => (event) => (event.includes('"seq"') && (LONG || !event.includes(`"seq":${last}`)) ? [] : [event]),
    sam: () => { let n = 0; return (event) => (event.includes('"seq"') && n++ % 2 ? [] : [event]); },
  };
  const last = (await room.state()).last_seq + 3;
  lines.ben.bends = bends.ben;
  for (const who of ['cara', 'olga', 'sam']) lines[who].bends = bends[who]();
  await act();
}));

test('words typed while the scripts are still on their way are saved when they come', async () => {
  const room = await (await crew.room()).start();
  const { sam } = people;
  let arrive;
  const onTheirWay = new Promise((resolve) => { arrive = resolve; });
  await sam.page.route('**/js/{autosave,card}.js', async (route) => { await onTheirWay; await route.fallback(); });
  await sam.page.goto(room.page, { waitUntil: 'commit' });
  const field = sam.page.locator('#text');
  await field.fill('Before anything listened.');
  arrive();
  await settled(sam);
  assert.equal(await room.ownNotes(), 'Before anything listened.');
  await sam.page.unrouteAll();
});

test('the scripts of a room, the pad’s own apart, fit a slow line', async () => {
  const sizes = await people.ben.page.evaluate(() => performance.getEntriesByType('resource')
    .filter(({ name }) => /\/js\/[\w-]+\.js$/.test(name) && !/\/pad/.test(name)).map(({ name, decodedBodySize }) => [name.split('/').at(-1), decodedBodySize]));
  assert.ok(sizes.length > 20, `only ${sizes.length} scripts were counted`);
  const bytes = sizes.reduce((sum, [, size]) => sum + size, 0);
  assert.ok(bytes <= BUDGET, `${bytes} bytes: ${sizes.map((one) => one.join(' ')).join(', ')}`);
});

async function until(holds) {
  const end = Date.now() + 20_000;
  while (!holds()) {
    assert.ok(Date.now() < end, 'not in time');
    await pass(25);
  }
}
