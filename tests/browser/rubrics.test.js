// A team writes its own rubric: copied, changed, published, changed again, and what became of it word by word.

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
let draft;

const step = story(() => stage);
const field = (name) => owner.page.locator(`[name="${name}"]`);

before(async () => {
  server = await Server.start();
  stage = await Stage.open(server);
  team = new Team(stage, server);
});

after(async () => {
  await stage?.close();
  await server?.stop();
});

step('a rubric is copied from the library', async () => {
  owner = await team.setUp('Ada Owner');
  await owner.visit(`${team.path}/rubrics`);
  await owner.picture('rubrics');
  await owner.follow('Copy Five areas to change it');
  await owner.fill({ Name: 'Our measure' });
  await owner.press('Make the draft');
  draft = new URL(owner.page.url()).pathname;
  assert.match(draft, /\/rubrics\/[0-9a-f-]{36}\/draft$/);
  await owner.picture('rubric-draft');
});

step('levels that read alike and weights without a reason are pointed at, and a mistake loses nothing', async () => {
  await field('areas[0].anchors[0].text').fill('Names the parts and cannot say what each is for.');
  await field('areas[0].anchors[1].text').fill('Names the parts and can say what each is for.');
  await field('areas[2].weight').fill('two');
  await owner.page.getByRole('button', { name: 'Save', exact: true }).first().click();
  await owner.sees('is no number');
  await owner.judge();
  await owner.picture('rubric-refused');
  await field('areas[2].weight').fill('2');
  await owner.go((page) => page.getByRole('button', { name: 'Save', exact: true }).first().click());
  await owner.sees('Levels 1 and 2 read alike');
  await owner.sees('say why');
  await owner.picture('rubric-advice');
  // Each line leads to its field.
  await owner.page.locator('#missing').locator('xpath=ancestor::section').getByRole('link').first().click();
  assert.match(owner.page.url(), /#weights_reason$/);
  await owner.press('Add a warning sign');
  const signs = owner.page.getByLabel('Sign', { exact: true });
  await signs.last().fill('Silences alarms');
  await owner.page.getByLabel('How it shows').last().fill('An alarm is noise.');
  await owner.page.getByLabel('Advice for the candidate').last().fill('Ask what it was for.');
});

step('it is published with a reason, changed, published again, and the difference is told', async () => {
  await field('areas[0].anchors[0].text').fill('Cannot name the parts of a request.');
  await owner.fill({ 'Why the areas do not weigh the same': 'Production breaks first here.', 'What changed, and why': 'Our own words' });
  await owner.press('Save and publish the next version');
  await owner.sees('Production breaks first here.');
  await owner.picture('rubric-version');
  await owner.visit(draft);
  await field('areas[3].anchors[4].text').fill('Says what others need to know before they ask, and checks that it arrived.');
  await field('cuts.mid.hiring[1]').fill('2.95');
  await owner.fill({ 'What changed, and why': 'A better five' });
  await owner.press('Save and publish the next version');
  await owner.press('Compare');
  await owner.sees('2 places differ');
  await owner.sees('A better five');
  await owner.picture('rubric-differences');
});

step('who saves second sees both texts', async () => {
  await owner.visit(draft);
  const other = await owner.context.newPage();
  await other.goto(draft);
  await other.locator('[name="description"]').fill('Their words.');
  await Promise.all([other.waitForNavigation(), other.getByRole('button', { name: 'Save', exact: true }).first().click()]);
  await other.close();
  await field('description').fill('My words.');
  await owner.page.getByRole('button', { name: 'Save', exact: true }).first().click();
  await owner.sees('Yours and theirs');
  await owner.judge();
  await owner.picture('rubric-contested');
  assert.equal(await field('description').inputValue(), 'My words.');
  stage.expectNoViolations();
});

step('it goes out as a file and comes in as another draft', async () => {
  await owner.visit(`${team.path}/rubrics`);
  await owner.follow('Our measure');
  const address = await owner.page.getByRole('link', { name: 'Download', exact: true }).getAttribute('href');
  const file = await owner.context.request.get(address);
  assert.match(file.headers()['content-disposition'], /our-measure-v2\.json/);
  await owner.visit(`${team.path}/rubrics/imports/new`);
  const wrong = { name: 'rubric.json', mimeType: 'application/json', buffer: Buffer.from((await file.text()).replace('"weight": 1', '"weight": 0')) };
  await owner.field('File').setInputFiles(wrong);
  await owner.press('Make the draft');
  await owner.sees('Nothing was taken from the file');
  await owner.sees('This is more than 0');
  await owner.picture('rubric-import');
  // What was brought stands in the text field, where it can be mended.
  assert.ok((await owner.field('Or its text').inputValue()).includes('fivefold/rubric@1'));
  await owner.field('File').setInputFiles({ name: 'rubric.json', mimeType: 'application/json', buffer: await file.body() });
  await owner.press('Make the draft');
  await owner.sees('our-measure-2');
  stage.expectNoViolations();
});
