// One person in two tabs, and two people at once: what collides is shown side by side, nothing else is touched.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { Stage } from '../people.js';
import { Server } from '../server.js';
import { note, notes, rate, saveState, score, settled, waiting } from './hands.js';
import { content, Crew } from './room.js';

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

const own = (page) => page.locator('textarea[data-field="text"]');
const panel = (page) => page.locator('.conflict');

/** What one tab would save is refused for a while; the other tab's is not. Gives the way to let it through again. */
async function hold(page) {
  const refuse = (route) => (route.request().method() === 'PATCH' ? route.fulfill({ status: 503, body: '' }) : route.fallback());
  await page.route('**/api/**', refuse);
  return async () => {
    await page.unroute('**/api/**', refuse);
    await page.bringToFront();
    await page.evaluate(() => dispatchEvent(new Event('online')));   // its own next try may be seconds away
  };
}

/** Two tabs of one browser, in which one text was written differently while the first could not send. */
async function torn() {
  const room = await (await crew.room()).start();
  const sam = await room.enter(stage, 'sam');
  await own(sam.page).fill('Together.');
  await settled(sam);
  const other = await sam.context.newPage();
  await other.goto(room.page);
  await other.locator('html[data-ready]').waitFor();
  const letGo = await hold(sam.page);
  await own(sam.page).fill('Together. Here: the queue is full.');
  await saveState(sam, 'offline');
  await own(other).fill('Together. There: the disk is full.');
  await other.locator('[data-save-state][data-state="saved"]').first().waitFor();
  await letGo();
  await panel(sam.page).waitFor();
  return { room, sam, other };
}

for (const [button, kept] of [
  ['Keep mine', 'Together. Here: the queue is full.'],
  ['Keep theirs', 'Together. There: the disk is full.'],
  ['Keep both, one after the other', 'Together. There: the disk is full.\n\nTogether. Here: the queue is full.'],
]) {
  test(`two tabs wrote one text: both stand side by side until somebody chooses; “${button}”`, async () => {
    const { room, sam } = await torn();
    assert.equal(await panel(sam.page).locator('[data-mine]').textContent(), 'Together. Here: the queue is full.');
    assert.equal(await panel(sam.page).locator('[data-theirs]').textContent(), 'Together. There: the disk is full.');
    assert.equal(await own(sam.page).inputValue(), 'Together. Here: the queue is full.', 'what is being written is not taken away');
    assert.equal(await room.ownNotes(), 'Together. There: the disk is full.', 'nothing is overwritten before the choice');
    await sam.page.getByRole('button', { name: button, exact: true }).click();
    await settled(sam);
    assert.equal(await room.ownNotes(), kept);
    assert.equal(await own(sam.page).inputValue(), kept);
    assert.equal(await panel(sam.page).count(), 0);
    await sam.context.close();
  });
}

test('a choice that was never made outlives the page: the next one asks again', async () => {
  const { room, sam, other } = await torn();
  await other.close();
  await sam.page.reload();
  await panel(sam.page).waitFor();
  assert.equal(await panel(sam.page).locator('[data-mine]').textContent(), 'Together. Here: the queue is full.');
  await sam.page.getByRole('button', { name: 'Keep both, one after the other', exact: true }).click();
  await settled(sam);
  assert.match(await room.ownNotes(), /There: the disk is full\.\s+Together\. Here: the queue is full\./);
  await sam.context.close();
});

test('two tabs of one interviewer: what does not collide goes through from both, a score that does is a choice', async () => {
  const room = await (await crew.room()).start();
  const ben = await room.enter(stage, 'ben');
  const there = { page: await ben.context.newPage() };
  await there.page.goto(room.page);
  await there.page.locator('html[data-ready]').waitFor();
  const letGo = await hold(ben.page);
  await ben.page.bringToFront();
  await note(ben, 'Written in the first tab.');
  await score(ben, 4);
  await rate(ben, 1, 5);
  await saveState(ben, 'offline');
  await there.page.bringToFront();
  await note(there, 'Written in the second tab.');
  await score(there, 2);
  await rate(there, 2, 3);
  await there.page.locator('[data-save-state][data-state="saved"]').first().waitFor();
  await letGo();
  await panel(ben.page).first().waitFor();
  // What does not collide is on its way while the choice waits.
  await ben.page.locator('[data-note-list] [data-unsent]').waitFor({ state: 'detached' });
  const card = await room.card('ben');
  assert.deepEqual(card.evidence.map((one) => one.text).sort(), ['Written in the first tab.', 'Written in the second tab.']);
  assert.deepEqual(card.areas.slice(0, 2).map((one) => one.value), [5, 3]);
  assert.equal(card.questions[0].value, 2);
  await panel(ben.page).getByRole('button', { name: 'Keep mine', exact: true }).click();
  await settled(ben);
  assert.equal((await room.card('ben')).questions[0].value, 4);
  assert.deepEqual((await notes(ben).allTextContents()).sort(), ['Written in the first tab.', 'Written in the second tab.']);
  await ben.context.close();
});

test('two interviewers at once: each card has what its own writer did, whoever was faster', async () => {
  const room = await (await crew.room()).start();
  const [ben, cara] = [await room.enter(stage, 'ben'), await room.enter(stage, 'cara')];
  const writes = async (person, name) => {
    for (let i = 1; i <= 6; i += 1) {
      await note(person, `${name} heard ${i}.`, i % 2 ? 's' : 'c');
      await score(person, (i % 5) + 1);
      await rate(person, (i % 5) + 1, name === 'Ben' ? 2 : 4);
    }
    await settled(person);
  };
  await Promise.all([writes(ben, 'Ben'), writes(cara, 'Cara')]);
  for (const [who, name, value] of [['ben', 'Ben', 2], ['cara', 'Cara', 4]]) {
    const card = content(await room.card(who));
    assert.deepEqual(card.evidence.map((one) => JSON.parse(one)[3]).sort(), [1, 2, 3, 4, 5, 6].map((i) => `${name} heard ${i}.`));
    assert.deepEqual(card.areas.map(([, given]) => given), [value, value, value, value, value]);
    assert.deepEqual(card.questions.map((one) => JSON.parse(one)).find(([question]) => question === room.questions[0].id)[1], 2);
  }
  for (const [person, other] of [[ben, 'Cara heard'], [cara, 'Ben heard']]) assert.equal(await person.page.getByText(other).count(), 0);
  for (const person of [ben, cara]) await person.context.close();
});

/** A browser with a profile on disk, which can be killed. */
async function browser(profile, room, who) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.FIVEFOLD_TEST_CHROMIUM || '/usr/bin/chromium', baseURL: server.url,
    args: ['--disable-gpu', '--no-first-run', '--disable-background-networking', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
  });
  await context.addCookies([{ name: 'fivefold', value: crew[who].token, url: server.url }]);
  const open = async () => {
    const page = await context.newPage();
    await page.goto(room.page);
    await page.locator('html[data-ready]').waitFor();
    return { page, context };
  };
  return { context, open };
}

/** Half a note, not added yet. */
async function begin(person, text) {
  await person.page.locator('#text').click();
  await person.page.keyboard.type(text);
}

test('server and browser crash while two tabs hold unsent words: the next page has those of both, and a score that differs is a choice', async () => {
  const room = await (await crew.room()).start();
  const profile = mkdtempSync(join(tmpdir(), 'fivefold-profile-'));
  try {
    const first = await browser(profile, room, 'ben');
    const [one, two] = [await first.open(), await first.open()];
    await server.end('SIGKILL');
    for (const [tab, name, value] of [[one, 'first', 4], [two, 'second', 2]]) {
      await tab.page.bringToFront();
      await note(tab, `Added in the ${name} tab.`);
      await score(tab, value);
      await begin(tab, `Begun in the ${name} tab`);
      await saveState(tab, 'offline');
    }
    await shownLater(() => waiting(two), (keys) => keys.length === 6);
    await (await first.context.newCDPSession(two.page)).send('Browser.crash').catch(() => {});
    await first.context.close().catch(() => {});
    await server.begin();
    const second = await browser(profile, room, 'ben');
    const ben = await second.open();
    await panel(ben.page).waitFor();
    assert.equal(await ben.page.locator('#text').inputValue(), 'Begun in the first tab\nBegun in the second tab');
    await panel(ben.page).getByRole('button', { name: 'Keep mine', exact: true }).click();
    await settled(ben);
    const card = await room.card('ben');
    assert.deepEqual(card.evidence.map((found) => found.text).sort(), ['Added in the first tab.', 'Added in the second tab.']);
    assert.ok([2, 4].includes(card.questions[0].value));
    await shownLater(() => waiting(ben), (keys) => keys.length === 1 && keys[0].endsWith('draft:note'));
    await second.context.close();
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});

async function shownLater(ask, asked) {
  const end = Date.now() + 10_000;
  for (;;) {
    const found = await ask();
    if (asked(found)) return;
    assert.ok(Date.now() < end, JSON.stringify(found));
    await pass(50);
  }
}

test('somebody else signs in in the same browser: what was typed before is not saved as theirs, and waits for its writer', async () => {
  const room = await (await crew.room()).start();
  const ben = await room.enter(stage, 'ben');
  const as = (who) => ben.context.addCookies([{ name: 'fivefold', value: crew[who].token, url: server.url }]);
  await as('cara');
  await note(ben, 'Typed by Ben.');
  await score(ben, 5);
  await ben.sees('You are signed out. Nothing is lost.');
  assert.deepEqual((await room.card('cara')).evidence, []);
  await as('ben');
  await ben.page.evaluate(() => dispatchEvent(new Event('online')));
  await settled(ben);
  const cards = await Promise.all(['ben', 'cara'].map(async (who) => (await room.card(who)).evidence.map((one) => one.text)));
  assert.deepEqual(cards, [['Typed by Ben.'], []]);
  await ben.context.close();
});
