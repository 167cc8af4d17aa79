// A lead copies an earlier built-in set, takes over what changed since, reads what would change, publishes twice, reads
// what changed, and finds a question by a half typed word.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { Team } from './team.js';

let server;
let stage;
let team;
let owner;
let draft, upstream;

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

/** What this person's program reads with their own cookie. */
async function read(person, path) {
  const answer = await person.page.request.get(`/api/v1${team.path}${path}`);
  assert.equal(answer.status(), 200, path);
  return answer.json();
}

/** Changes the prompt of the draft's question of this title. */
async function ask(person, title, prompt) {
  await person.page.goto(`${draft}?q=`);
  await person.go((page) => page.getByRole('link', { name: title, exact: true }).first().click(), { judge: false });
  await person.fill({ Prompt: prompt });
  await person.press('Save', { judge: false });
}

step('a copy of an earlier version is told what has changed there since', async () => {
  owner = await team.setUp('Ada Owner');
  const { items: sets } = await read(owner, '/question-sets');
  const django = sets.find((set) => set.slug === 'django-backend');
  const { items: versions } = await read(owner, `/question-sets/${django.id}/versions`);
  await owner.page.goto(`${team.path}/question-sets/new?copy_of=${versions.at(-1).id}`);
  await owner.fill({ Name: 'Our backend' });
  await owner.press('Make the draft', { judge: false });
  draft = new URL(owner.page.url()).pathname;
  upstream = draft.replace(/\/draft$/, '/upstream');
  const { items: questions } = await read(owner, `${draft.replace(team.path, '')}/questions?limit=100`);
  const changed = (await read(owner, `${upstream.replace(team.path, '')}?limit=100`)).questions.find((question) => question.fate === 'changed');
  await ask(owner, questions.find((question) => question.key === changed.key).title, 'What did our own team learn the hard way about this?');
  await owner.visit(`${team.path}/question-sets`);
  await owner.sees('changed in the set this was copied from');
  await owner.picture('compare-list');
  await owner.visit(`${upstream}?limit=6`);
  await owner.sees('You changed it too');
  await owner.picture('compare-upstream');
  stage.expectNoViolations();
});

step('one question is taken over, then all that was not changed here', async () => {
  await owner.go((page) => page.getByRole('button', { name: 'Take it over', exact: true }).first().click());
  await owner.sees('Taken over into the draft');
  await owner.go((page) => page.getByRole('button', { name: /^Take over all/ }).click(), { judge: false });
  const left = await read(owner, upstream.replace(team.path, ''));
  assert.deepEqual(left.questions.map((question) => question.ours), ['changed']);
  stage.expectNoViolations();
});

step('what would change is read before publishing, and what changed after it', async () => {
  await owner.visit(`${draft}/differences?limit=6`);
  await owner.picture('compare-draft');
  await owner.page.goto(draft);
  await owner.fill({ 'What changed, and why': 'Ours from now on' });
  await owner.press('Publish the next version', { judge: false });
  await owner.page.goto(draft);
  const { items: questions } = await read(owner, `${draft.replace(team.path, '')}/questions?limit=100`);
  await ask(owner, questions[1].title, `${questions[1].prompt} Then say what you would do today.`);
  await owner.page.goto(draft);
  await owner.fill({ 'What changed, and why': 'Asks for today too' });
  await owner.press('Publish the next version', { judge: false });
  await owner.follow('What changed in version 2');
  await owner.sees('Asks for today too');
  assert.equal(await owner.page.locator('ins').first().textContent().then((text) => text.includes('Then say what')), true);
  await owner.picture('compare-versions');
  stage.expectNoViolations();
});

step('the box in the top bar finds a question by a half typed word', async () => {
  await owner.page.goto(team.path);
  await owner.page.keyboard.press('/');
  await owner.page.waitForURL('**/find');
  assert.equal(await owner.page.evaluate(() => document.activeElement.name), 'q');
  await owner.picture('find-empty');
  await owner.page.keyboard.type('middlew');
  await owner.go((page) => page.keyboard.press('Enter'));
  await owner.page.locator('mark').first().waitFor();
  await owner.picture('find');
  await owner.visit(`${team.path}/find?q=nothingofthesort`);
  await owner.picture('find-nothing');
  stage.expectNoViolations();
});
