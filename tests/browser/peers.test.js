// Two candidates book each other on the board, call it off, and one of them leaves for good with everything of theirs.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { PASSWORD, Team, tomorrow } from './team.js';

let server;
let stage;
let team;
let noa, ravi;

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

step('a time is offered, and stands on the board of everybody', async () => {
  await team.setUp('Ada Owner');
  noa = await team.join('Noa Keller', 'Candidate');
  ravi = await team.join('Ravi Nair', 'Candidate');
  await noa.visit(`${team.path}/peer-practice`);
  await noa.picture('board-empty');
  await noa.visit(`${team.path}/peer-practice/new`);
  await noa.fill({ 'Date and time': tomorrow(), 'What you would like to practise': 'Queries that got slow' });
  await noa.press('Put it on the board');
  await noa.sees('Your offer');
  await ravi.visit(`${team.path}/peer-practice`);
  await ravi.picture('board');
  stage.expectNoViolations();
});

step('who takes it interviews first and is interviewed then; both may call it off', async () => {
  await ravi.press('Practise with Noa Keller');
  await ravi.follow('The second half');
  for (const [person, other] of [[noa, 'Ravi Nair'], [ravi, 'Noa Keller']]) {
    await person.visit(`${team.path}/peer-practice`);
    await person.sees(`With ${other}`);
  }
  await noa.picture('board-booked');
  await noa.page.getByText('Call it off').click();
  await noa.page.getByLabel('Why').fill('A cold');
  await noa.press('Call both halves off');
  assert.equal(await noa.page.getByText('With Ravi Nair').count(), 0);
  stage.expectNoViolations();
});

step('whoever led gives guided feedback, which becomes a report that is looked at and given', async () => {
  await ravi.visit(`${team.path}/peer-practice/new`);
  await ravi.fill({ 'Date and time': tomorrow() });
  await ravi.press('Put it on the board', { judge: false });
  await noa.visit(`${team.path}/peer-practice`);
  await noa.press('Practise with Ravi Nair', { judge: false });
  const practice = new URL(noa.page.url()).pathname;
  await noa.visit(`${practice}/feedback`, 409);
  await noa.visit(`${practice}/room`);
  await noa.press('Start the interview');
  await noa.page.getByRole('button', { name: 'End interview' }).click();
  await noa.go((page) => page.locator('#confirm').getByRole('button', { name: 'End it' }).click());
  await noa.sees('Your feedback is next');
  await noa.visit(`${team.path}/peer-practice`);
  await noa.picture('board-owed');
  await noa.page.getByRole('link', { name: /^Give feedback/ }).click();
  await noa.judge();
  await noa.picture('feedback');
  for (const [area, level] of [[0, '3'], [1, '2'], [2, '4'], [3, '3'], [4, 'not_asked']]) {
    await noa.page.locator(`[name="areas.${area}.value"][value="${level}"]`).check();
    if (level !== 'not_asked' && area !== 1) await noa.page.locator(`[name="areas.${area}.seen"]`).fill('You asked what is known first.');
  }
  await noa.fill({ 'What went well': 'You asked before you fixed.', 'What to try next': 'Next time, say the number.', Why: 'One gap.' });
  await noa.page.locator('[name="outcome"][value="nearly_ready"]').check();
  await noa.page.locator('[name="confidence"][value="low"]').check();
  await noa.press('Give it, and look at the report');
  await noa.sees('Your feedback is not whole yet');
  assert.equal(await noa.field('What went well').inputValue(), 'You asked before you fixed.', 'nothing is lost');
  await noa.picture('feedback-error');
  await noa.page.locator('[name="areas.1.seen"]').fill('You guessed at the index.');
  await noa.press('Give it, and look at the report');
  await noa.sees('Your feedback is in.');
  await noa.picture('feedback-report');
  await noa.sees('You asked before you fixed.');
  await noa.visit(`${practice}/feedback`);
  await noa.picture('feedback-given');
  await noa.visit(`${team.path}/peer-practice`);
  assert.equal(await noa.page.getByText('Feedback that waits for you').count(), 0);
  stage.expectNoViolations();
});

step('one takes one’s data along, and deletes it with the account', async () => {
  await noa.visit('/account/data');
  await noa.picture('own-data');
  await noa.fill({ Password: PASSWORD });
  const [file] = await Promise.all([noa.page.waitForEvent('download'), noa.page.getByRole('button', { name: 'Download the file' }).click()]);
  assert.equal(file.suggestedFilename(), 'fivefold-own-data.zip');
  await noa.visit('/account/data/deletion');
  await noa.picture('deletion');
  await noa.fill({ Password: 'not the password at all' });
  await noa.page.getByRole('button', { name: 'Delete my account' }).click();
  await noa.go((page) => page.locator('#confirm').getByRole('button', { name: 'Delete it' }).click());
  await noa.sees('This is not your current password.');
  await noa.fill({ Password: PASSWORD });
  await noa.page.getByRole('button', { name: 'Delete my account' }).click();
  await noa.go((page) => page.locator('#confirm').getByRole('button', { name: 'Delete it' }).click());
  await noa.sees('Your account and what was yours are deleted.');
  stage.expectNoViolations();
});
