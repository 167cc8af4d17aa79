// A candidate without an account: a link lets them into this one interview, and nowhere else.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { shown, Team } from './team.js';

let server;
let stage;
let team;
let owner, guest;
let interview, link;

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

step('an interview with somebody who has no account gets a link, shown this once', async () => {
  owner = await team.setUp('Ada Owner');
  interview = await team.planWithGuest('Sam Guest');
  for (const page of ['kit', 'seats', 'schedule', 'cancellation']) await owner.visit(`${interview}/${page}`);
  await owner.visit(`${interview}/candidate-links`);
  await owner.press('Make the link');
  link = await owner.page.locator('#fresh-link').textContent();
  await owner.visit(`${interview}/candidate-links`);
  assert.equal(await owner.page.locator('#fresh-link').count(), 0);
  stage.expectNoViolations();
});

step('the link leads into the room, which follows without a reload', async () => {
  guest = await stage.newPerson('Sam Guest');
  await guest.visit(link);
  await guest.picture('by-link');
  await guest.press('Come in');
  await guest.visit(`${interview}/room`);
  await guest.sees('You are in the right place');
  await owner.page.goto(`${interview}/room`);
  await owner.press('Start the interview', { judge: false });
  await prompt(guest).waitFor();
  await guest.judge();
  await guest.page.evaluate(() => { window.marked = true; });
  const first = await prompt(guest).textContent();
  await owner.click('Next question');
  await shown(prompt(guest), (text) => text !== first);
  assert.equal(await guest.page.evaluate(() => window.marked), true);
  assert.equal(await guest.page.locator('.queue, .guide, .scoring, textarea:not(#text)').count(), 0, 'a candidate sees the prompt and their own notes');
  stage.expectNoViolations();
});

step('a break that is asked for reaches the interviewer, who says later; minutes to think are seen on both sides', async () => {
  await guest.click('Ask for a break');
  await owner.sees('Sam asked for a break.');
  await shown(owner.page.locator('#announce'), (text) => text === 'Sam asked for a break.');
  await owner.judge();
  await owner.picture('asked-for-a-break');
  await guest.sees('You asked for a break');
  await owner.click('Later');
  await guest.page.getByText('You asked for a break').first().waitFor({ state: 'detached' });
  await guest.click('Take two minutes to think');
  await owner.sees('Sam takes a moment to think.');
  await shown(owner.page.locator('[data-clock="down"] [data-clock-text]'), (text) => /^1:[0-5]\d$/.test(text));
  await guest.judge();
  await guest.picture('by-link-thinking');
  await guest.click('I am ready');
  await owner.page.locator('#asks').getByText('Sam takes a moment to think.').waitFor({ state: 'detached' });
  stage.expectNoViolations();
});

step('who is there is seen, and what the candidate writes for themselves is kept for them alone', async () => {
  const here = owner.page.locator('.av[data-person="Sam Guest"][data-presence="here"]');
  await here.waitFor();
  await guest.page.locator('#text').fill('Ask who is on call');
  await shown(guest.page.locator('[data-save-text]'), (text) => text.startsWith('Saved'));
  await guest.page.reload();
  assert.equal(await guest.page.locator('#text').inputValue(), 'Ask who is on call');
  assert.equal(await owner.page.getByText('Ask who is on call').count(), 0);
  await guest.page.goto('about:blank');
  await here.waitFor({ state: 'detached' });
  await shown(owner.page.locator('#announce'), (text) => text === 'Sam Guest has left');
  stage.expectNoViolations();
});

step('it opens nothing else, and a link that was taken back puts its guest out', async () => {
  for (const path of [team.path, `${team.path}/members`, `${team.path}/interviews`, `${interview}/scorecard`, `${interview}/debrief`]) {
    const response = await guest.page.goto(path);
    const out = [403, 404].includes(response.status()) || new URL(response.url()).pathname !== path;
    assert.ok(out, `${path}: ${response.status()} at ${response.url()}`);
  }
  await guest.visit(`${interview}/scorecards`);
  await guest.sees('No scorecard for you to read yet');
  assert.equal(await guest.page.getByText('Ada').count(), 0, 'the list is empty, and says of nobody whether a card is in');
  await owner.page.goto(`${interview}/candidate-links`);
  await owner.page.getByRole('button', { name: 'Take back', exact: true }).click();
  await owner.go((page) => page.locator('#confirm').getByRole('button', { name: 'Take it back' }).click());
  const response = await guest.page.goto(`${interview}/room`);
  assert.ok(response.status() === 404 || new URL(response.url()).pathname.startsWith('/sign-in'), `${response.status()} at ${response.url()}`);
  assert.equal(await prompt(guest).count(), 0);
  stage.expectNoViolations();
});
