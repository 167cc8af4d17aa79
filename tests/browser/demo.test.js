// The demo team: every page of a filled server, by each role, judged; and its rooms and forms by the keyboard alone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { tabThrough } from './keyboard.js';
import { Stage } from './people.js';
import { Server } from './server.js';
import { PASSWORD } from './team.js';

let server;
let stage;
let team;
/** The demo's interviews by what goes on in them. */
let interviews;

before(async () => {
  process.env.FIVEFOLD_DEMO_PASSWORD = PASSWORD;
  server = await Server.start('--demo');
  stage = await Stage.open(server);
});

after(async () => {
  await stage?.close();
  await server?.stop();
});

async function signIn(name, options) {
  const person = await stage.newPerson(name, options);
  await person.page.goto('/sign-in');
  await person.fill({ Email: `${name}@demo.example`, Password: PASSWORD });
  await person.press('Sign in', { judge: false });
  team ??= person.page.url().match(/\/teams\/[0-9a-f-]{36}/)[0];
  return person;
}

/** Addresses of interviews by state, as this person lists them. */
async function listed(person, state) {
  await person.page.goto(`${team}/interviews?state=${state}`);
  return person.page.locator('main a.rowlink').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
}

test('a lead’s pages, all filled', async () => {
  const lead = await signIn('lead');
  const upcoming = await listed(lead, 'upcoming');
  interviews = { live: upcoming[0], scheduled: upcoming.at(-1), scoring: (await listed(lead, 'scoring'))[0], debrief: (await listed(lead, 'debrief'))[0], decided: (await listed(lead, 'done'))[0] };
  const { live, scheduled, scoring, debrief, decided } = interviews;
  for (const path of [
    team, `${team}/interviews?state=done`, scheduled, `${scoring}/debrief`, `${debrief}/debrief`, `${debrief}/scorecards`, `${decided}/debrief`, `${live}/room`,
  ]) await lead.visit(path);
  stage.expectNoViolations();
});

test('a year of scorecards says what was put into it: a severe and a lenient interviewer, a weak area, one who stays in the middle', async () => {
  const lead = await signIn('lead');
  await lead.visit(`${team}/calibration`);
  await lead.visit(`${team}/calibration/own`);
  stage.expectNoViolations();
  const read = (person) => (path) => person.page.evaluate(async (url) => (await fetch(url)).json(), `/api/v1${team}/calibration${path}`);
  const view = await read(lead)('');
  const { agreement, severity, consistency } = view;
  assert.equal(agreement.tier, 'reportable');
  assert.ok(agreement.areas.every(({ alpha }) => alpha.tier === 'reportable'), 'every area');
  assert.equal(agreement.areas.toSorted((one, other) => one.alpha.value - other.alpha.value)[0].short_name, 'Communication');
  assert.equal(consistency.shares_tier, 'reportable');
  assert.ok(consistency.needed && consistency.shares.length === 7);
  // Two of the team show leads their severity: only panels of these and the lead are told what an average panel would have said.
  assert.ok(view.adjusted.length >= 5 && view.adjusted_kept_back > 20, `${view.adjusted.length}, ${view.adjusted_kept_back}`);
  assert.deepEqual(severity.dots.map(({ name }) => name !== null).toSorted(), [false, false, true, true, true]);
  assert.deepEqual(severity.dots.map(({ tier }) => tier), Array(5).fill('reportable'));
  const outside = severity.dots.filter((dot) => dot.outside).map(({ value }) => Math.sign(value));
  assert.deepEqual(outside.toSorted(), [-1, 1], 'one severe, one lenient');

  const [severe, lenient, middle] = [await signIn('interviewer1'), await signIn('interviewer3'), await signIn('interviewer4')];
  assert.ok((await read(severe)('/own')).severity.high < 0);
  assert.ok((await read(lenient)('/own')).severity.low > 0);
  const { style, drift } = await read(middle)('/own');
  assert.deepEqual([style.tier, drift.tier], ['reportable', 'reportable']);
  assert.ok(style.middle_excess.value > 0.1 && style.middle_excess.low > 0 && style.spread_ratio.value < 0.8 && style.spread_ratio.high < 1, JSON.stringify(style));
});

test('an owner’s members', async () => {
  const owner = await signIn('owner');
  await owner.visit(`${team}/members`);
  stage.expectNoViolations();
});

test('a refused page and a missing one say so', async () => {
  const jonas = await signIn('interviewer1');
  await jonas.visit(`${team}/settings`, 403);
  await jonas.visit(`${team}/interviews/00000000-0000-7000-8000-000000000000`, 404);
  stage.expectNoViolations();
});

test('the room by the keyboard: the way past the bars, every stop, dialogs that give the focus back', async () => {
  const jonas = stage.people.at(-1);
  const { page } = jonas;
  await page.goto(`${interviews.live}/room`);
  await page.locator('html[data-ready]').waitFor();
  await page.keyboard.press('Tab');
  const skip = page.locator('.skip-link');
  assert.ok(await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().top >= 0), 'the first stop leads past the bars');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');

  await page.reload();
  await page.locator('html[data-ready]').waitFor();
  await tabThrough(jonas);

  const end = page.getByRole('button', { name: 'End interview' });
  await end.focus();
  await page.keyboard.press('Enter');
  await page.locator('#confirm[open]').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Cancel', 'the safe answer has the focus');
  await page.keyboard.press('Escape');
  await page.locator('#confirm').waitFor({ state: 'hidden' });
  assert.ok(await end.evaluate((button) => button === document.activeElement), 'the focus goes back');

  await page.keyboard.press('?');
  await page.locator('#keys-help[open]').waitFor();
  await page.locator('[data-keys-switch]').uncheck();
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.keys), 'off', 'single keys can be turned off');
  await page.keyboard.press('?');
  await page.locator('[data-keys-switch]').check();
  await page.keyboard.press('Escape');
  stage.expectNoViolations();
});

test('forms by the keyboard: the planner, a scorecard, a debrief', async () => {
  const lead = stage.people[0];
  await lead.page.goto(`${team}/interviews/new`);
  await tabThrough(lead);
  await lead.page.goto(`${interviews.debrief}/debrief`);
  await tabThrough(lead);
  const mateo = await signIn('interviewer3');
  await mateo.page.goto(`${interviews.scoring}/scorecard`);
  await mateo.page.locator('html[data-ready]').waitFor();
  await tabThrough(mateo);
  stage.expectNoViolations();
});

test('who wants no motion gets none', async () => {
  const lead = stage.people[0];
  assert.deepEqual(await lead.page.evaluate(() => ['--fast', '--slow'].map((name) => parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name)))), [0, 0]);
});

test('one exercise is open: who has scored sees how the team did, who has not sees nothing of it; pairs and the Rasch model open', async () => {
  const [lead, priya] = [stage.people[0], await signIn('interviewer2')];
  const read = (person, path) => person.page.evaluate(async (url) => (await fetch(url)).json(), `/api/v1${team}${path}`);
  await lead.visit(team);
  await lead.page.getByRole('heading', { name: 'Your next gold interview' }).waitFor();
  const [exercise, ...others] = (await read(lead, '/exercises')).items;
  assert.deepEqual([others.length, exercise.stage, exercise.people, exercise.people_done, exercise.held_back], [0, 'scoring', 5, 3, 1]);
  const distribution = async (person) => (await read(person, `/exercises/${exercise.id}/distribution`)).interviews.map(({ people, areas }) => [people, areas.length]);
  assert.deepEqual(await distribution(lead), [[null, 0], [null, 0]]);
  assert.deepEqual(await distribution(priya), [[3, 5], [3, 5]]);
  for (const path of ['', '/distribution']) await priya.visit(`${team}/exercises/${exercise.id}${path}`);
  await lead.visit(`${team}/exercises`);

  await lead.page.goto(`${team}/calibration`);
  for (const summary of await lead.page.locator('main details > summary').all()) await summary.click();
  await lead.judge();
  const { pairs, many_facets: model } = await read(lead, '/calibration');
  assert.ok(pairs.pairs.length >= 5 && pairs.own !== null && model.tier === 'reportable' && model.raters.length === 5);
  await priya.page.goto(`${team}/calibration/own`);
  for (const summary of await priya.page.locator('main details > summary').all()) await summary.click();
  await priya.judge();
  await lead.visit(`${team}/interviews/new`);
  stage.expectNoViolations();
});
