// A résumé: written by form, laid out, taken along, sent to a team; its claims are taken and stand in the room.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { choose, Team, tomorrow } from './team.js';

let server;
let stage;
let team;
let owner, sofia;
let record;

const step = story(() => stage);
const field = (person, name) => person.page.locator(`[name="${name}"]`);

before(async () => {
  server = await Server.start();
  stage = await Stage.open(server);
  team = new Team(stage, server);
});

after(async () => {
  await stage?.close();
  await server?.stop();
});

/** Paper of this kind: nothing of the page reaches over its edge. */
async function fitsOn(person, width) {
  const desk = person.page.viewportSize();
  await person.page.emulateMedia({ media: 'print' });
  await person.page.setViewportSize({ width, height: 900 });
  const over = await person.page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    return [...document.querySelectorAll('.resume *')].filter((it) => it.getBoundingClientRect().right > edge + 1).length;
  });
  const columns = await person.page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.resume > *, .resume__entry > *')].filter((it) => !it.querySelector('.resume__entry, h2, h3'));
    const tops = boxes.map((it) => it.getBoundingClientRect()).filter((box) => box.height > 0);
    return tops.some((box, at) => at > 0 && box.top < tops[at - 1].bottom - 2);
  });
  await person.page.emulateMedia({ media: 'screen' });
  await person.page.setViewportSize(desk);
  assert.equal(over, 0, `something reaches over the edge of ${width} px`);
  assert.equal(columns, false, 'something stands beside something else');
}

step('a résumé is written section by section, with rows that come and go', async () => {
  owner = await team.setUp('Ada Owner');
  sofia = await team.join('Sofia Marin', 'Interviewer');
  await sofia.visit('/account/resume');
  await sofia.sees('No résumé yet');
  await sofia.picture('resume-empty');
  await sofia.follow('Write it');
  assert.equal(await field(sofia, 'basics.name').inputValue(), 'Sofia Marin');
  await field(sofia, 'basics.label').fill('Backend developer');
  await field(sofia, 'basics.summary').fill('Builds payment services. Wants to own one.');
  await field(sofia, 'work.0.position').fill('Developer');
  await field(sofia, 'work.0.name').fill('Acme');
  await field(sofia, 'work.0.start').fill('2021-03');
  await field(sofia, 'work.0.highlights').fill('Cut checkout latency by 60% with Redis\nPut the first alarms in place');
  await field(sofia, 'projects.0.name').fill('Ledger');
  await field(sofia, 'projects.0.description').fill('Invoices over an API');
  await field(sofia, 'projects.0.keywords').fill('Django, PostgreSQL');
  await field(sofia, 'skills.0.name').fill('Backend');
  await field(sofia, 'skills.0.keywords').fill('Django, Redis, Kafka');
  await sofia.press('Add: job');
  await sofia.sees('Not saved yet');
  await field(sofia, 'work.1.position').fill('Trainee');
  await field(sofia, 'work.1.start').fill('soon');
  await sofia.page.getByRole('button', { name: 'Save', exact: true }).first().click();
  await sofia.sees('Write a year, a month or a day');
  await sofia.judge();
  await sofia.picture('resume-refused');
  await field(sofia, 'work.1.start').fill('2019');
  await field(sofia, 'work.1.end').fill('2021');
  await sofia.go((page) => page.getByRole('button', { name: 'Save', exact: true }).first().click());
  await sofia.sees('You may be asked about');
  await sofia.sees('Listed, and shown in no job and no project: Kafka.');
  await sofia.picture('resume');
  await sofia.visit('/account/resume/edit');
  await sofia.picture('resume-edit');
  stage.expectNoViolations();
});

step('a template is chosen with one click; paper and plain text say the same', async () => {
  const headings = () => sofia.page.locator('.resume h4').allTextContents();
  await sofia.visit('/account/resume');
  assert.deepEqual(await headings(), ['Summary', 'Work Experience', 'Projects', 'Skills']);
  await sofia.press('Skills first');
  assert.deepEqual(await headings(), ['Summary', 'Skills', 'Projects', 'Work Experience']);
  assert.equal(await sofia.page.getByRole('button', { name: 'Skills first' }).getAttribute('aria-pressed'), 'true');
  const file = await sofia.context.request.get('/account/resume/text');
  assert.match(file.headers()['content-type'], /^text\/plain; charset=utf-8/);
  const text = await file.text();
  assert.ok(text.indexOf('SKILLS') < text.indexOf('WORK EXPERIENCE'), text);
  assert.ok(text.includes('- Cut checkout latency by 60% with Redis'), text);
  await sofia.visit('/account/resume/print');
  const words = (said) => said.toLowerCase().split(/\s+/).filter((word) => word && word !== '-').join(' ');
  assert.equal(words(await sofia.page.locator('.resume').innerText()), words(text));
  await sofia.picture('resume-print');
  // Between their margins, A4 has 182 mm and Letter 188.
  for (const width of [688, 710]) await fitsOn(sofia, width);
  stage.expectNoViolations();
});

step('a file is seen before it replaces anything', async () => {
  await sofia.visit('/account/resume/import');
  await sofia.picture('resume-import');
  const file = { basics: { name: 'Sofia Marin', image: 'x.png' }, work: [{ name: 'Elsewhere', startDate: 'May' }] };
  const bring = (content) => sofia.field('File').setInputFiles({ name: 'resume.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(content, null, 1)) });
  await bring(file);
  await sofia.press('Show what it says');
  await sofia.sees('work[0].startDate');
  await sofia.picture('resume-import-refused');
  file.work[0].startDate = '2020';
  await bring(file);
  await sofia.press('Show what it says');
  await sofia.sees('basics.image');
  await sofia.sees('What it replaces');
  await sofia.picture('resume-preview');
  await sofia.visit('/account/resume');
  assert.equal(await sofia.page.getByText('Elsewhere').count(), 0);
  stage.expectNoViolations();
});

step('nobody of the team sees it before it is sent; then a lead takes a claim from it', async () => {
  await owner.page.goto(`${team.path}/candidates/new`);
  await owner.fill({ Name: 'Sofia Marin' });
  await choose(owner.page.getByLabel('Own account', { exact: false }), 'Sofia Marin');
  await owner.go((page) => page.locator('form.form button[type="submit"]').first().click());
  record = new URL(owner.page.url()).pathname;
  assert.equal(await owner.page.getByText('Suggested from the résumé').count(), 0);
  await owner.judge();
  await owner.picture('resume-record-empty');
  await sofia.visit('/account/resume');
  await sofia.press('Send to North');
  await sofia.sees('has a copy from');
  await sofia.picture('resume-sent');
  await owner.visit(record);
  await owner.sees('Suggested from the résumé');
  await owner.picture('resume-record');
  await owner.press('Take Redis');
  await owner.sees('Who interviews marks each on their own scorecard');
  assert.deepEqual(await owner.page.locator('.claims .claims__text').allTextContents(), ['Redis']);
  await owner.visit(`${record}/resume`);
  await owner.sees('Ledger');
  await owner.picture('resume-read');
  await owner.visit(`${record}/resume/import`);
  stage.expectNoViolations();
});

step('the claim stands in the room, and the résumé lies beside the kit', async () => {
  await owner.page.goto(`${team.path}/interviews/new`);
  await owner.page.locator('[name="candidate_id"]').selectOption({ label: 'Sofia Marin' });
  await owner.fill({ Minutes: '45', 'Date and time': tomorrow() });
  await owner.press('Suggest questions', { judge: false });
  const row = owner.page.locator('.seatrow').first();
  await choose(row.getByLabel('Person', { exact: true }), 'Ada Owner');
  await row.getByLabel('Seat', { exact: true }).selectOption('lead_interviewer');
  await owner.press('Plan it and tell everybody', { judge: false });
  const interview = new URL(owner.page.url()).pathname;
  await owner.visit(`${interview}/kit`);
  await owner.follow('Résumé');
  await owner.sees('Cut checkout latency by 60% with Redis');
  await owner.page.goto(`${interview}/room`);
  await owner.press('Start the interview', { judge: false });
  await owner.page.getByText('Résumé claims to check').waitFor();
  await owner.page.locator('.claim').getByText('Redis', { exact: true }).waitFor();
  assert.equal(await owner.page.getByRole('link', { name: 'Résumé in another tab' }).getAttribute('href'), `${interview}/resume`);
  await owner.judge();
  await owner.picture('resume-room');
  // The candidate finds none of it in their room.
  await sofia.page.goto(`${interview}/room`);
  assert.equal(await sofia.page.getByText('claims to check').count(), 0);
  assert.equal((await sofia.page.goto(`${interview}/resume`)).status(), 403);
  stage.expectNoViolations();
});

step('what is taken back is gone', async () => {
  await sofia.visit('/account/resume');
  await sofia.press('Take back from North');
  await owner.visit(record);
  assert.equal(await owner.page.getByRole('link', { name: 'Read it' }).count(), 0);
  await owner.sees('Redis');
  stage.expectNoViolations();
});
