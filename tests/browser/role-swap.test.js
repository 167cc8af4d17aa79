// Two people practise on each other: one booking, two halves. Who leads the first is the candidate of the second.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { choose, shown, Team, tomorrow } from './team.js';

let server;
let stage;
let team;
let owner, ben, sam;
let first, second;
const asked = [];

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

const prompt = (person) => person.page.locator('.prompt');

step('the planner plans both halves with one tick', async () => {
  owner = await team.setUp('Ada Owner');
  ben = await team.join('Ben Lead', 'Interviewer');
  sam = await team.join('Sam Candidate', 'Candidate');
  await owner.visit(`${team.path}/candidates/new`);
  await owner.fill({ Name: 'Sam Candidate' });
  await owner.page.getByLabel('Own account').selectOption({ label: 'Sam Candidate' });
  await owner.press('Save');
  await owner.visit(`${team.path}/interviews/new`);
  await owner.page.getByLabel('Candidate', { exact: true }).selectOption({ label: 'Sam Candidate' });
  await owner.fill({ Minutes: '30', 'Date and time': tomorrow() });
  await owner.press('Suggest questions', { judge: false });
  await choose(owner.page.locator('.seatrow').first().getByLabel('Person', { exact: true }), 'Ben Lead');
  await owner.page.getByLabel('Swap roles half-way').check();
  await owner.press('Suggest questions', { judge: false });
  assert.equal(await owner.page.getByLabel('Swap roles half-way').isChecked(), true, 'a button of the form keeps the tick');
  await owner.judge();
  await owner.picture('planner-swap');
  await owner.press('Plan it and tell everybody');
  first = new URL(owner.page.url()).pathname;
  await owner.follow('The second half');
  second = new URL(owner.page.url()).pathname;
  assert.notEqual(first, second);
  await owner.picture('second-half');
  stage.expectNoViolations();
});

/** One half: who leads it asks two questions and ends it. Gives the prompts that were asked. */
async function half(at, leads, answers) {
  await answers.visit(`${at}/room`);
  await answers.sees('You are in the right place');
  await leads.visit(`${at}/room`);
  await leads.press('Start the interview');
  await prompt(answers).waitFor();
  const prompts = [await prompt(answers).textContent()];
  assert.equal(await answers.page.locator('.queue, .guide, .scoring').count(), 0, 'whoever answers sees the prompt and no more');
  assert.ok(await leads.page.locator('.guide').count() > 0);
  await leads.click('Next question');
  prompts.push(await shown(prompt(answers), (text) => text !== prompts[0]));
  await leads.picture(`swap-leads-${leads.name.split(' ')[0]}`);
  await leads.page.getByRole('button', { name: 'End interview' }).click();
  await leads.go((page) => page.locator('#confirm').getByRole('button', { name: 'End it' }).click());
  await leads.sees('Your scorecard is next');
  await answers.sees('Thank you for your time');
  return prompts;
}

step('the first half is held, and its end leads both to the second', async () => {
  asked.push(...await half(first, ben, sam));
  for (const person of [ben, sam]) {
    await person.visit(`${first}/room`);
    assert.equal(await person.page.locator(`a[href="${second}/room"]`).count(), 1, `${person.name} is led on`);
  }
  await sam.picture('between-halves');
  stage.expectNoViolations();
});

step('in the second half the roles are exchanged, and nobody is asked what they have just heard', async () => {
  asked.push(...await half(second, sam, ben));
  assert.equal(new Set(asked).size, asked.length, asked.join('\n'));
  stage.expectNoViolations();
});

step('each scores the half they led, blind, and reads no card of the other before that', async () => {
  for (const [person, own, other] of [[ben, first, second], [sam, second, first]]) {
    await person.visit(`${own}/scorecard`);
    const { status } = await person.page.goto(`${other}/scorecard`).then((answer) => ({ status: answer.status() }));
    assert.ok([403, 404].includes(status), `${person.name} reads the card of the half they answered: ${status}`);
  }
  await sam.visit(`${second}/scorecard`);
  await sam.picture('candidate-scores');
  stage.expectNoViolations();
});
