// The same work where no script runs: links and forms alone.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { choose, Team, tomorrow } from './team.js';

let server;
let stage;
let team;
let owner;
let interview;

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

step('without scripts: an account, a team and a planned interview', async () => {
  owner = await team.setUp('Ada Owner', { javaScriptEnabled: false });
  await owner.visit(`${team.path}/interviews/new`);
  await owner.page.locator('[name="candidate.name"]').fill('Sam Candidate');
  await owner.fill({ Minutes: '45', 'Date and time': tomorrow() });
  await owner.press('Suggest questions', { judge: false });
  const row = owner.page.locator('.seatrow').first();
  await choose(row.getByLabel('Person', { exact: true }), 'Ada Owner');
  await row.getByLabel('Seat', { exact: true }).selectOption('lead_interviewer');
  await owner.press('Plan it and tell everybody');
  interview = new URL(owner.page.url()).pathname;
  assert.match(interview, /\/interviews\/[0-9a-f-]{36}$/);
  stage.expectNoViolations();
});

step('without scripts: the room starts, moves, pauses and keeps scores, ticks and notes by plain forms', async () => {
  await owner.visit(`${interview}/room`);
  await owner.press('Start the interview');
  const first = await owner.page.locator('.prompt').textContent();
  await owner.press('Next question', { judge: false });
  assert.notEqual(await owner.page.locator('.prompt').textContent(), first);
  await owner.press('Pause', { judge: false });
  await owner.press('Go on', { judge: false });
  await owner.page.locator('.scoring .anchor').nth(3).click();
  for (let area = 1; area <= 5; area += 1) await owner.page.locator(`input[name="area_${area}"][value="4"]`).check();
  await owner.page.locator('[data-kind="listen_for"]').first().check();
  await owner.press('Save scores and marks');
  assert.ok(await owner.page.locator('input[name="question_value"][value="4"]').isChecked());
  assert.ok(await owner.page.locator('[data-kind="listen_for"]').first().isChecked());
  await owner.page.getByLabel('New note').fill('Asked what had changed first.');
  await owner.page.getByText('Strength', { exact: true }).first().click();
  await owner.press('Add note', { judge: false });
  await owner.sees('Asked what had changed first.');
  await owner.press('End interview');
  await owner.sees('Your scorecard is next');
  stage.expectNoViolations();
});

step('without scripts: the scorecard is kept, asked for what is missing, and submitted', async () => {
  await owner.follow('Open your scorecard');
  for (let area = 1; area <= 5; area += 1) await owner.page.locator(`[data-field="reason"][data-area="${area}"]`).fill(`Seen in the answer on area ${area}.`);
  await owner.page.getByRole('button', { name: 'Save draft', exact: true }).first().click();
  await owner.sees('Seen in the answer on area 5.');
  await owner.press('Submit scorecard');
  await owner.page.locator('.error-summary').waitFor();
  await owner.page.getByRole('radio', { name: 'Nearly ready' }).check();
  await owner.page.locator('[data-field="confidence"]').first().check();
  await owner.page.getByLabel('Most useful next step').fill('Practise saying what you check first.');
  await owner.press('Submit scorecard');
  await owner.sees('As you submitted it');
  await owner.sees('The debrief is open.');
  stage.expectNoViolations();
});

step('without scripts: the debrief, its decision and the report', async () => {
  await owner.follow('To the debrief');
  await owner.page.locator('[name="outcome"]').first().check();
  await owner.fill({ Because: 'Careful work throughout.' });
  await owner.field('If this is not what the rule proposes, why').fill('The rest is a week of practice.');
  await owner.press('Record the decision', { judge: false });
  await owner.follow('Candidate report');
  await owner.fill({ Headline: 'Nearly ready', 'In short': 'You know your tools.' });
  await owner.press('Save and preview');
  await owner.press('Release to the candidate', { judge: false });
  await owner.sees('Sam Candidate can read this.');
  stage.expectNoViolations();
});
