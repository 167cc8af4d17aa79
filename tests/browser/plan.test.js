// Preparing for a day: what can be shown, what is to be asked, a plan of what to practise, and its file for a calendar.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { Team } from './team.js';

let server;
let stage;
let team;
let sofia;

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

/** So many days from now, as a date field has it. */
function inDays(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

step('a candidate collects what they can show', async () => {
  await team.setUp('Ada Owner');
  sofia = await team.join('Sofia Marin', 'Candidate');
  await sofia.visit('/account');
  await sofia.follow('Proof and questions');
  await sofia.sees('What is worth showing');
  await sofia.picture('proof-empty');
  await sofia.page.getByLabel('What it is', { exact: true }).selectOption({ label: 'Repository' });
  await sofia.fill({ 'What it is called': 'Depot planner', Link: 'code.example.org/sofia/depot' });
  await sofia.go((page) => page.getByRole('button', { name: 'Add it' }).first().click());
  await sofia.sees('What you could add');
  assert.equal(await sofia.page.getByRole('link', { name: 'Depot planner' }).getAttribute('href'), 'https://code.example.org/sofia/depot');
});

step('and what they want to ask: one of the six with one click, one in their own words, in their order', async () => {
  await sofia.go((page) => page.getByRole('button', { name: 'Take it: The first 90 days' }).click());
  await sofia.sees('what have I done by then?');
  await sofia.page.getByText('Add a question in your own words').click();
  await sofia.page.getByLabel('Your question').last().fill('Who is on call?');
  await sofia.go((page) => page.getByRole('button', { name: 'Add it' }).last().click());
  await sofia.go((page) => page.getByRole('button', { name: 'Up: Who is on call?' }).click());
  const order = await sofia.page.locator('ol strong').allTextContents();
  assert.equal(order[0], 'Who is on call?');
  await sofia.picture('proof-full');
});

step('a plan says what to practise today, and each item begins its attempt', async () => {
  await sofia.visit(`${team.path}/practice`);
  await sofia.follow('Your plan');
  await sofia.sees('No plan yet');
  await sofia.picture('plan-empty');
  await sofia.fill({ 'Day of the interview': inDays(9), 'Minutes on each': '40' });
  for (const day of ['Sat', 'Sun']) {
    await sofia.page.getByRole('checkbox', { name: day, exact: true }).check();
  }
  await sofia.press('Make the plan');
  await sofia.sees('all five get the same');
  await sofia.page.locator('.planday > summary').last().click();
  await sofia.sees('Say aloud what you want to ask: 2 questions');
  await sofia.picture('plan');
  await sofia.go((page) => page.getByRole('button', { name: /^Begin/ }).first().click());
  await sofia.sees('of 1 min to think');
});

step('it leaves as a calendar file with an event for each day', async () => {
  await sofia.visit(`${team.path}/practice/plan`);
  const [file] = await Promise.all([
    sofia.page.waitForEvent('download'),
    sofia.page.getByRole('link', { name: 'Calendar file' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'practice.ics');
  const text = await readFile(await file.path(), 'utf8');
  assert.equal(text.match(/BEGIN:VEVENT/g).length, await sofia.page.locator('.planday, section.card:has(.planrow .btn)').count());
  assert.match(text, /DTSTART;TZID=Europe\/Paris/);
});

step('nothing was broken in anybody\'s browser', () => stage.expectNoViolations());
