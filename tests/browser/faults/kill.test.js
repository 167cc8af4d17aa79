// The server is killed in the middle of everything, again and again. What it had acknowledged is there when it comes back,
// and what was typed meanwhile comes after: each of it once. FIVEFOLD_FAULT_KILLS makes it longer (scripts/fault-tests.sh).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import { Stage } from '../people.js';
import { Server } from '../server.js';
import { note, notes, rate, saveState, score, settled, waiting } from './hands.js';
import { Crew } from './room.js';

const KILLS = Number(process.env.FIVEFOLD_FAULT_KILLS ?? 3);
/** How long a server lives before it is killed. It is the fault itself. */
const LIVES = 2500;

let server, stage, crew;

before(async () => {
  server = await Server.start();
  stage = await Stage.open(server);
  crew = await Crew.make(server);
});

after(async () => {
  await stage?.close();
  await server?.stop();
});

/** What the server said yes to, by the page's own requests. */
function acknowledged(person) {
  const notes = new Set();
  person.page.on('response', (response) => {
    const request = response.request();
    if (request.method() !== 'PATCH' || !response.ok()) return;
    for (const one of request.postDataJSON().evidence ?? []) notes.add(one.text);
  });
  return notes;
}

/** Types until told to stop, and gives what it typed. */
async function typist(person, going) {
  const typed = { notes: [], score: null, areas: new Map() };
  for (let i = 0; going(); i += 1) {
    const text = `note ${i}: said at ${i}, kept as ${(i * 7919).toString(36)}`;
    await note(person, text, i % 2 ? 's' : 'c');
    typed.notes.push(text);
    await score(person, typed.score = 1 + (i % 5));
    const [area, value] = [1 + (i % 5), 1 + ((i * 3) % 5)];
    await rate(person, area, value);
    typed.areas.set(area, value);
  }
  return typed;
}

async function writer(person, going) {
  let typed = '';
  const field = person.page.locator('#text');
  await field.click();
  for (let i = 0; going(); i += 1) {
    const words = `word${i} `;
    await person.page.keyboard.type(words, { delay: 15 });
    typed += words;
  }
  return typed;
}

/** The whole machine room goes: now and then the database dies with the server. */
async function kill(database) {
  const postmaster = Number(readFileSync(join(server.folder, 'data/postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  await server.end('SIGKILL');
  if (database) process.kill(postmaster, 'SIGKILL');
}

test(`killed ${KILLS} times while two people type, it loses no letter and doubles none`, async () => {
  const room = await (await crew.room()).start();
  const [ben, sam] = [await room.enter(stage, 'ben'), await room.enter(stage, 'sam')];
  const yes = acknowledged(ben);
  let going = true;
  const typing = Promise.all([typist(ben, () => going), writer(sam, () => going)]);
  for (let n = 1; n <= KILLS; n += 1) {
    await pass(LIVES);
    const before = new Set(yes);
    await kill(n % 3 === 2);
    await server.begin();
    const there = (await room.card('ben')).evidence.map((one) => one.text);
    for (const text of before) assert.ok(there.includes(text), `“${text}” was acknowledged before kill ${n} and is gone`);
  }
  going = false;
  const [typed, own] = await typing;
  for (const person of [ben, sam]) await settled(person, 60_000);
  await check(room, typed, own);
  assert.ok(yes.size > KILLS, 'some of it was acknowledged between the kills');
  assert.deepEqual(await waiting(ben), [], 'nothing waits on the device when everything is saved');

  // a browser that has never been here
  const again = await room.enter(stage, 'ben');
  assert.deepEqual((await notes(again).allTextContents()).sort(), [...typed.notes].sort());
  assert.ok(await again.page.locator(`input[name="question_value"][value="${typed.score}"]`).isChecked());
  const samAgain = await room.enter(stage, 'sam');
  assert.equal(await samAgain.page.locator('#text').inputValue(), own.trim());
});

async function check(room, typed, own) {
  const card = await room.card('ben');
  assert.deepEqual(card.evidence.map((one) => one.text).sort(), [...typed.notes].sort(), 'every note once');
  assert.equal(card.questions.find((one) => one.question_id === room.questions[0].id).value, typed.score);
  for (const [area, value] of typed.areas) assert.equal(card.areas.find((one) => one.area === area).value, value, `area ${area}`);
  assert.equal(await room.ownNotes(), own.trim());
}
