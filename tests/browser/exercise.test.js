// An exercise with three raters: each scores alone and blind, sees the reference at once, then how the team lay; they
// talk about the two widest areas, change an anchor, and score what was held back.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { Team } from './team.js';

let server;
let stage;
let team;
let ada;
let exercise;
const raters = [];
/** What each browser was sent before its own scores were in, by name. */
const traffic = new Map();

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

function listen(person) {
  const sent = [];
  traffic.set(person.name, sent);
  person.page.on('response', async (response) => {
    const body = await response.text().catch(() => '');
    sent.push({ url: response.url(), body });
  });
}

async function read(person, path) {
  return person.page.evaluate(async (url) => (await fetch(url)).json(), `/api/v1${team.path}${path}`);
}

function inDays(days) {
  return `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T10:00`;
}

/** Five scores with what each rests on, and a moment. */
async function score(person, values) {
  const { page } = person;
  const moment = await page.locator('#moments option').nth(2).getAttribute('value');
  for (const [area, value] of values.entries()) {
    await page.locator(`[name="areas.${area}.value"][value="${value}"]`).check();
    await page.locator(`[name="areas.${area}.note"]`).fill(`What ${person.name} heard, ${area}`);
    await page.locator(`[name="areas.${area}.at"]`).fill(moment);
  }
}

async function submit(person) {
  await person.page.getByRole('button', { name: 'Submit the scores' }).click();
  await person.go((page) => page.locator('#confirm').getByRole('button', { name: 'Submit', exact: true }).click());
}

step('a lead asks three people to score one interview, and holds another back', async () => {
  ada = await team.setUp('Ada Owner');
  // Who leads the discussion has scored as well.
  for (const [name, role] of [['Ines Prado', 'Interviewer'], ['Ivo Lang', 'Interviewer'], ['Mia Sund', 'Lead']]) raters.push(await team.join(name, role));
  await ada.visit(`${team.path}/exercises`);
  await ada.follow('New exercise');
  await ada.fill({ Name: 'Before the spring hiring' });
  await ada.page.locator('[name="deadline"]').fill(inDays(7));
  await ada.page.locator('[name="second_deadline"]').fill(inDays(14));
  const picks = ada.page.locator('.pickrow');
  assert.equal(await picks.count(), 3, 'the built-in gold interviews');
  await picks.nth(0).getByLabel('Score first').check();
  await picks.nth(1).getByLabel('Hold back').check();
  await picks.nth(2).getByLabel('Leave out').check();
  for (const { name } of [ada, ...raters]) await ada.page.getByRole('checkbox', { name }).setChecked(name !== ada.name);
  await ada.picture('exercise-new');
  await ada.press('Save');
  exercise = new URL(ada.page.url()).pathname;
  await ada.visit(`${exercise}/distribution`);
  stage.expectNoViolations();
});

step('each scores alone: nothing of the reference or of another reaches a browser before its own scores are in', async () => {
  const given = [[2, 4, 3, 1, 3], [3, 4, 3, 5, 3], [4, 4, 4, 3, 3]];
  for (const [place, person] of raters.entries()) {
    listen(person);
    await person.visit(team.path);
    await person.page.getByRole('heading', { name: 'Your next gold interview' }).waitFor();
    await person.visit(exercise);
    await person.press('Score the next one');
    if (place === 0) await person.picture('exercise-score');
  }
  for (const [place, person] of raters.entries()) {
    await person.visit(exercise);
    await person.press('Go on scoring');
    await score(person, given[place]);
    if (place === 0) {
      // A reload before anything was saved loses nothing.
      await person.page.reload();
      await person.sees('What you wrote here is not saved yet. It was kept on this device.');
    }
    await person.press('Save draft');
    assert.equal(await person.page.locator('[data-device-note]:visible').count(), 0);
    assert.equal(await person.page.locator('[name="areas.1.note"]').inputValue(), `What ${person.name} heard, 1`);
    await person.page.waitForLoadState('networkidle');
    const before = traffic.get(person.name).slice();
    assert.ok(before.length > 10);
    await submit(person);
    await person.sees('This result is yours alone.');
    if (place === 0) await person.picture('exercise-result');

    const id = new URL(person.page.url()).pathname.split('/').pop();
    const { feedback } = await read(person, `/gold-scores/${id}`);
    const reasons = feedback.areas.flatMap(({ reason, experts }) => [reason, ...experts.map((expert) => expert.reason)]);
    assert.ok(reasons.length >= 20, `${reasons.length} reasons`);
    const others = raters.filter((other) => other !== person).map((other) => `What ${other.name} heard`);
    for (const secret of [...reasons.map((reason) => reason.slice(0, 30)), ...others]) {
      const told = before.filter(({ body }) => body.includes(secret));
      assert.deepEqual(told.map(({ url }) => url), [], `"${secret}" was sent to ${person.name} before the own scores`);
    }
  }
  stage.expectNoViolations();
});

step('the team sees how it lay, without names, and talks about the two widest areas', async () => {
  const [ines, , mia] = raters;
  await ines.visit(`${exercise}/distribution`);
  await ines.picture('exercise-distribution');
  const page = await ines.page.content();
  for (const { name } of raters.slice(1)) assert.ok(!page.includes(name), `${name} stands in the team's scores`);

  await mia.visit(`${exercise}/discussion`);
  await mia.picture('exercise-discussion');
  const widest = await mia.page.locator('section.card[aria-labelledby^="area-"] h2').allInnerTexts();
  assert.equal(widest.length, 2);
  await mia.page.locator('[name="notes"]').fill('A 3 answers the question and names one trade-off.');
  await mia.press('Save');
  await ines.visit(`${exercise}/discussion`);
  await ines.sees('A 3 answers the question and names one trade-off.');
  stage.expectNoViolations();
});

step('the anchors change where they misled: a draft of the rubric opens', async () => {
  const [, , mia] = raters;
  await mia.page.goto(`${exercise}/discussion`);
  await mia.go((page) => page.getByRole('button', { name: /^Change the anchors/ }).first().click());
  assert.match(new URL(mia.page.url()).pathname, /\/rubrics\//);
  await mia.visit(`${exercise}/discussion`);
  await mia.page.getByRole('button', { name: 'Close the discussion' }).click();
  await mia.go((page) => page.locator('#confirm').getByRole('button', { name: 'Close it' }).click());
  stage.expectNoViolations();
});

step('what was held back is scored afterwards, and each sees what has changed', async () => {
  for (const person of raters) {
    await person.visit(exercise);
    await person.press('Score the next one');
    await score(person, [3, 3, 3, 3, 3]);
    await submit(person);
  }
  const [ines] = raters;
  await ines.visit(exercise);
  await ines.sees('After the discussion');
  await ines.picture('exercise-done');
  await ines.visit(`${team.path}/exercises`);
  await ines.picture('exercises');
  // What was given in an exercise counts in no real interview.
  const live = await read(ada, '/calibration');
  assert.deepEqual([live.cards, live.interviews], [0, 0]);
  stage.expectNoViolations();
});
