// Practice: a question is thought about, answered, scored and only then compared; it comes back, and a mock asks several.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { Team } from './team.js';

let server;
let stage;
let team;
let sofia;
let attempt;
let secret;
const traffic = [];

const step = story(() => stage);

before(async () => {
  server = await Server.start();
  stage = await Stage.open(server);
  team = new Team(stage, server);
});

after(async () => {
  await stage?.close();
  await server?.stop();
});

/** How many values lie in the device's store, once the page is ready. */
async function onDevice(person) {
  await person.page.waitForFunction(() => 'ready' in document.documentElement.dataset);
  return person.page.evaluate(async () => {
    const wait = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
    const db = await wait(indexedDB.open('fivefold'));
    const count = await wait(db.transaction('items').objectStore('items').count());
    db.close();
    return count;
  });
}

/** Everything that a browser is sent, as text. */
function listen(person) {
  person.page.on('response', async (response) => {
    const body = await response.text().catch(() => '');
    traffic.push({ url: response.url(), body });
  });
}

step('a candidate finds practice with one click and begins a question', async () => {
  await team.setUp('Ada Owner');
  sofia = await team.join('Sofia Marin', 'Candidate');
  listen(sofia);
  await sofia.follow('Practice');
  await sofia.sees('Nobody else sees any of it');
  await sofia.picture('practice-empty');
  await sofia.page.getByLabel('Time to think first').first().selectOption({ label: '1 minute' });
  await sofia.press('Ask me a question');
  await sofia.sees('of 1 min to think');
  await sofia.picture('practice-think');
});

step('the answer saves itself and survives a reload', async () => {
  await sofia.press('Begin the answer');
  attempt = new URL(sofia.page.url()).pathname;
  await sofia.page.getByLabel('Your answer').fill('I would look at what it does first, and count the queries.');
  await sofia.sees(/^Saved/);
  await sofia.page.reload();
  assert.match(await sofia.page.getByLabel('Your answer').inputValue(), /count the queries/);
  await sofia.picture('practice-answer');
});

step('it is scored before anything of what an interviewer has was sent', async () => {
  await sofia.press('I am done');
  await sofia.sees('Score yourself');
  await sofia.picture('practice-score');
  await sofia.page.getByLabel('How sure are you, in percent?').fill('60');
  await sofia.page.reload();
  await sofia.sees('What you wrote here is not saved yet. It was kept on this device.');
  assert.equal(await sofia.page.getByLabel('How sure are you, in percent?').inputValue(), '60');
  await sofia.press('Keep this score');
  await sofia.sees('Your score is not whole yet');
  assert.equal(await onDevice(sofia), 1, 'what was refused is nowhere else');
  for (const name of ['score', 'area_score']) {
    const level = sofia.page.locator(`[name="${name}"][value="3"]`);
    if (await level.count()) await level.check();
  }
  await sofia.page.waitForLoadState('networkidle');
  const before = traffic.length;
  assert.ok(before > 10);
  await sofia.press('Keep this score');
  await sofia.sees('What an interviewer listens for');
  assert.equal(await onDevice(sofia), 0, 'what the server has is not kept any longer');
  secret = await sofia.page.locator('#heard label').allInnerTexts();
  assert.ok(secret.length >= 4);
  for (const line of secret) {
    const told = traffic.slice(0, before).filter(({ body }) => body.includes(line.trim().slice(0, 25)));
    assert.deepEqual(told.map(({ url }) => url), [], `"${line}" was sent before the score`);
  }
  await sofia.picture('practice-result');
});

step('what was in the answer is ticked, with a note, and the question comes back', async () => {
  await sofia.page.locator('#heard input').first().check();
  await sofia.page.getByLabel('A note to yourself').fill('Say the number first.');
  // The line is away when it is sent, and the browser shows a page of its own.
  await sofia.context.setOffline(true);
  await sofia.page.getByRole('button', { name: 'Save', exact: true }).click();
  await sofia.page.waitForURL(/^chrome-error:/);
  await sofia.context.setOffline(false);
  await sofia.visit(attempt);
  await sofia.sees('What you wrote here is not saved yet. It was kept on this device.');
  await sofia.picture('practice-kept');
  assert.ok(await sofia.page.locator('#heard input').first().isChecked());
  await sofia.press('Save');
  await sofia.sees('Saved.');
  assert.equal(await onDevice(sofia), 0);
  // Thrown away, it does not come back.
  await sofia.page.getByLabel('A note to yourself').fill('Another thought.');
  await sofia.page.reload();
  await sofia.click('Throw mine away');
  await sofia.page.reload();
  assert.equal(await onDevice(sofia), 0);
  assert.equal(await sofia.page.getByLabel('A note to yourself').inputValue(), 'Say the number first.');
  await sofia.visit(attempt.replace(/\/attempts.*/, '/practice/progress'));
  await sofia.sees('1 of 3 attempts');
  await sofia.picture('practice-progress');
  await sofia.sees('1 of 10 answers so far');
  await sofia.visit(attempt.replace(/\/[^/]*$/, ''));
  await sofia.picture('practice-history');
  await sofia.visit(`${attempt}/side-by-side`);
  await sofia.sees('One attempt so far');
});

step('a mock interview asks one question after the other and is scored when it is over', async () => {
  await sofia.visit(attempt.replace(/\/attempts.*/, '/practice'));
  await sofia.page.getByLabel('Minutes').fill('20');
  await sofia.press('Begin the interview');
  await sofia.picture('practice-mock');
  await sofia.press('First question');
  await sofia.page.getByLabel('Your answer').fill('Two words.');
  await sofia.press('I am done');
  await sofia.press('Next question');
  await sofia.page.getByLabel('Your answer').fill('Two more.');
  await sofia.press('I am done');
  await sofia.press('End the interview');
  await sofia.sees('2 left to score');
  await sofia.picture('practice-mock-over');
});
