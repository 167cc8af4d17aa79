// Somebody who practised shows an answer to one person, who scores it without seeing their scores; then both see how far
// apart they are, and it is taken back.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { Team } from './team.js';

let server;
let stage;
let team;
let sofia, noa;
let link;
const traffic = [];
const SECRET = 'Say the number first.';

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

async function score(person, level) {
  for (const name of ['score', 'area_score']) {
    const anchor = person.page.locator(`[name="${name}"][value="${level}"]`);
    if (await anchor.count()) await anchor.check();
  }
}

step('an answer is practised, scored high, and shown to one person by their address', async () => {
  await team.setUp('Ada Owner');
  sofia = await team.join('Sofia Marin', 'Candidate');
  noa = await team.join('Noa Keller', 'Interviewer');
  await sofia.visit(`${team.path}/practice/shares`);
  await sofia.picture('shares-empty');
  await sofia.visit(`${team.path}/practice/shares/new`);
  await sofia.sees('No answer to share yet');
  await sofia.visit(`${team.path}/practice`);
  await sofia.page.getByLabel('Time to think first').first().selectOption({ label: 'None' });
  await sofia.press('Ask me a question', { judge: false });
  await sofia.page.getByLabel('Your answer').fill('I would look at what it does first, and count the queries.');
  await sofia.press('I am done', { judge: false });
  await score(sofia, 5);
  await sofia.page.getByLabel('How sure are you, in percent?').fill('93');
  await sofia.press('Keep this score', { judge: false });
  await sofia.page.getByLabel('A note to yourself').fill(SECRET);
  await sofia.press('Save', { judge: false });
  await sofia.follow('Share');
  assert.ok(await sofia.page.locator('[name="attempt_ids"]').first().isChecked(), 'the answer one comes from is ticked');
  await sofia.picture('share-new');
  await sofia.fill({ 'The address of their account': 'nobody@example.com' });
  await sofia.press('Share with them');
  await sofia.sees('Nothing was shared');
  await sofia.fill({ 'The address of their account': 'noa@example.com' });
  await sofia.press('Share with them');
  link = await sofia.page.locator('#share-link').textContent();
  await sofia.picture('share-given');
  stage.expectNoViolations();
});

step('the coach scores it on the same anchors, and nothing of the other’s judgement is sent before', async () => {
  noa.page.on('response', async (response) => {
    traffic.push({ url: response.url(), body: await response.text().catch(() => '') });
  });
  await noa.visit(`${team.path}/practice/shares`);
  await noa.sees('To score');
  await noa.visit(new URL(link).pathname);
  await noa.picture('share-received');
  await noa.follow('Score the next answer');
  await noa.picture('coach-score');
  await score(noa, 3);
  await noa.fill({ 'What in the answer shows it': '“Count the queries” names no tool.', 'What to try next': 'Name the tool.' });
  await noa.page.waitForLoadState('networkidle');
  for (const { url, body } of traffic) {
    assert.ok(!body.includes(SECRET) && !body.includes('93%'), `${url} tells the author’s own judgement`);
  }
  await noa.press('Give this score');
  await noa.sees('difference +2');
  await noa.picture('share-both');
  await noa.page.getByRole('link', { name: /^Look at it/ }).first().click();
  await noa.sees('Both scores');
  await noa.judge();
  stage.expectNoViolations();
});

step('both see the gap, and what is taken back is gone for the coach', async () => {
  await sofia.page.reload();
  await sofia.sees('difference +2');
  await sofia.page.getByRole('link', { name: /^Look at it/ }).first().click();
  await sofia.sees('“Count the queries” names no tool.');
  await sofia.judge();
  await sofia.picture('shared-answer');
  await sofia.follow('All shared answers');
  await sofia.page.getByRole('button', { name: 'Take it back' }).click();
  await sofia.go((page) => page.locator('#confirm').getByRole('button', { name: 'Take them back' }).click());
  await sofia.sees('You have taken it back');
  await noa.visit(new URL(link).pathname, 410);
  await noa.sees('These answers were taken back');
  await noa.visit(`${team.path}/practice/shares`);
  await noa.sees('Taken back');
  await noa.picture('shares');
  stage.expectNoViolations();
});
