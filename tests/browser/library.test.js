// A lead makes the Django set the team's own: changes it, puts it in another order, publishes it twice, and plans with both.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { choose, shown, Team, tomorrow } from './team.js';

let server;
let stage;
let team;
let owner, sam;
let draft, question;

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

const titles = (person) => person.page.locator('[data-row] .rowlink').allTextContents();
const row = (person, title) => person.page.locator('[data-row]', { has: person.page.getByRole('link', { name: title, exact: true }) });
const announced = (person, text) => shown(person.page.locator('#announce'), (said) => said.includes(text));
/** The titles in the order that was asked for, and the same after a reload: what is shown is what is kept. */
async function stands(person, expected) {
  await shown(person.page.locator('[data-row] .rowlink').first(), (title) => title === expected[0]);
  assert.deepEqual((await titles(person)).slice(0, expected.length), expected);
  await person.page.reload();
  assert.deepEqual((await titles(person)).slice(0, expected.length), expected);
}

step('the built-in set is copied to be changed', async () => {
  owner = await team.setUp('Ada Owner');
  sam = await team.join('Sam Candidate', 'Candidate');
  await owner.visit(`${team.path}/question-sets`);
  await owner.go((page) => page.getByRole('link', { name: /^Django backend interview/ }).first().click());
  await owner.follow('Copy to change it');
  await owner.press('Make the draft');
  draft = new URL(owner.page.url()).pathname;
  assert.match(draft, /\/draft$/);
  await owner.sees('Changes not published yet');
  await owner.picture('library-draft');
  await owner.visit(`${team.path}/question-sets`);
  await owner.picture('library-list');
  stage.expectNoViolations();
});

step('a question is edited beside what candidate and interviewer will see of it', async () => {
  await owner.visit(draft);
  await owner.go((page) => page.locator('.rowlink', { hasText: 'middleware' }).first().click());
  question = new URL(owner.page.url()).pathname;
  const { page } = owner;
  await page.evaluate(() => { window.marked = true; });
  const preview = page.locator('#preview');
  await owner.field('Prompt').fill('What is `middleware` for, and when would you not write one?');
  await shown(preview.locator('#preview-q'), (text) => text === 'What is middleware for, and when would you not write one?');
  assert.equal(await preview.locator('#preview-q code').textContent(), 'middleware');
  await owner.field('Listen for').fill(['one', 'two', 'three', 'four', 'five', 'six', 'seven'].join('\n'));
  await shown(preview.locator('[data-room-heard]').locator('xpath=..'), (text) => text.includes('0 of 7 heard'));
  await owner.sees('4 to 6 fit the room; these are 7.');
  await owner.field('Listen for').fill(['one', 'two', 'three', 'four'].join('\n'));
  await preview.getByText('these are 7').waitFor({ state: 'detached' });
  await owner.field('3').fill('Says what a layer does and names one');
  await owner.field('4').fill('Says what a layer does, and names one');
  await owner.sees('nobody could tell the two apart');
  await owner.field('4').fill('Says where in the order a layer must stand, and what goes wrong when it does not');
  await preview.getByText('nobody could tell the two apart').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => window.marked), true, 'the page was never left');
  await owner.picture('library-editor');
  await owner.judge();
  stage.expectNoViolations();
});

step('who leaves with something unsaved is asked first; who saves is not', async () => {
  const { page } = owner;
  const asked = [];
  const refuse = (dialog) => { asked.push(dialog.type()); return dialog.dismiss(); };
  page.on('dialog', refuse);
  await page.getByRole('link', { name: 'Cancel', exact: true }).click();
  await shown(page.locator('h1'), (text) => text.includes('middleware'));
  assert.deepEqual(asked, ['beforeunload']);
  await owner.press('Save');
  assert.deepEqual(asked, ['beforeunload']);
  page.off('dialog', refuse);
  await owner.visit(question);
  assert.equal(await owner.field('Prompt').inputValue(), 'What is `middleware` for, and when would you not write one?');
  stage.expectNoViolations();
});

step('two editors of one question: the second sees both texts and loses none', async () => {
  const other = await owner.context.newPage();
  await other.goto(question);
  await other.getByLabel('Prompt', { exact: true }).fill('What would you put into a middleware?');
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await other.waitForURL(/\/draft/);
  await other.close();
  await owner.field('Prompt').fill('What is middleware for, in one sentence?');
  const answer = owner.page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith(question));
  await owner.page.getByRole('button', { name: 'Save', exact: true }).click();
  assert.equal((await answer).status(), 412);
  await owner.sees('Yours and theirs');
  assert.equal(await owner.page.locator('.conflict__side').nth(1).locator('.conflict__text').textContent(), 'What would you put into a middleware?');
  assert.equal(await owner.page.locator('#prompt').inputValue(), 'What is middleware for, in one sentence?');
  await owner.judge();
  await owner.picture('library-conflict');
  await owner.press('Save');
  await owner.sees('Saved');
  stage.expectNoViolations();
});

step('the keyboard moves a row, and the focus stays with it', async () => {
  await owner.visit(draft);
  const [a, b, c, ...rest] = await titles(owner);
  const { page } = owner;
  await row(owner, a).getByRole('link', { name: a, exact: true }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await announced(owner, `${a} is number 2 of`);
  await page.keyboard.press('Alt+ArrowDown');
  await announced(owner, `${a} is number 3 of`);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), a, 'the focus is where it was: on the moved row');
  // Two in a row, faster than any answer: each is based on the one before.
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await announced(owner, `${a} is number 1 of`);
  await page.keyboard.press('Alt+ArrowUp');
  await announced(owner, `${a} cannot go further`);
  await row(owner, c).getByRole('button', { name: `Move up: ${c}` }).click();
  await announced(owner, `${c} is number 2 of`);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), `Move up: ${c}`);
  await stands(owner, [a, c, b, rest[0]]);
  stage.expectNoViolations();
});

step('a row is dragged with the mouse and with a finger; what is ticked stays ticked', async () => {
  const [a, b, c, d, e] = await titles(owner);
  const { page } = owner;
  await row(owner, d).getByRole('checkbox').check();
  await drag(owner, a, d, 'after');
  await announced(owner, `${a} is number 4 of`);
  assert.equal(await row(owner, d).getByRole('checkbox').isChecked(), true);
  await stands(owner, [b, c, d, a, e]);
  // Let go with Escape: nothing happens.
  const from = await middle(row(owner, b).locator('[data-grip]'));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y + 120, { steps: 4 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await stands(owner, [b, c, d, a, e]);

  const phone = await stage.newPerson('Ada on a phone', {
    storageState: await owner.context.storageState(), viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true,
  });
  await phone.page.goto(draft);
  await touchDrag(phone, a, b);
  await announced(phone, `${a} is number 1 of`);
  await stands(phone, [a, b, c, d, e]);
  stage.expectNoViolations();
});

step('ticked questions are put at a far place, on whatever page of the list it is', async () => {
  await owner.visit(draft);
  const [a, b] = await titles(owner);
  await row(owner, a).getByRole('checkbox').check();
  await owner.fill({ Place: '40' });
  await owner.press('Move them there');
  assert.equal((await titles(owner))[0], b);
  assert.equal(await row(owner, a).getAttribute('data-place'), '40');
  stage.expectNoViolations();
});

step('the draft is published, changed, and published again; each version stays as it was', async () => {
  await owner.visit(draft);
  await owner.fill({ 'What changed, and why': 'Ours from now on' });
  await owner.press('Publish the next version');
  const first = new URL(owner.page.url()).pathname;
  await owner.sees('Ours from now on');
  await owner.visit(question);
  await owner.fill({ Prompt: 'Name one thing that belongs into a middleware, and one that does not.' });
  await owner.press('Save');
  await owner.fill({ 'What changed, and why': 'A prompt that asks for an example' });
  await owner.press('Publish the next version');
  await owner.sees('Name one thing that belongs into a middleware');
  const second = new URL(owner.page.url()).pathname;
  await owner.picture('library-version');
  await owner.visit(first);
  await owner.sees('What is middleware for, in one sentence?');
  assert.equal(await owner.page.getByText('Name one thing that belongs').count(), 0, 'published means frozen');
  await owner.page.goto(second);
  stage.expectNoViolations();
});

step('what changed from the first version to the second is read word by word', async () => {
  await owner.follow('What changed in version 2');
  await owner.sees('A prompt that asks for an example');
  assert.match(new URL(owner.page.url()).pathname, /\/differences$/);
  const words = (tag) => owner.page.locator(tag).allTextContents().then((texts) => texts.join(' '));
  const [gone, come] = [await words('del'), await words('ins')];
  assert.ok(gone.includes('in one sentence?') && !gone.includes('Name one thing'), gone);
  assert.ok(come.includes('Name one thing') && !come.includes('in one sentence?'), come);
  await owner.sees('1 changed');
  await owner.picture('library-difference');
  stage.expectNoViolations();
});

step('the draft comes back as a file: first what it would do, then done', async () => {
  const exported = await owner.page.request.get(`${draft}/export?format=json`);
  const file = await exported.json();
  file.questions[0].prompt = 'What would you never put into this layer?';
  file.questions.push({ ...file.questions[1], key: 'from-a-file', title: 'From a file', prompt: 'What came with the file?' });
  await owner.visit(`${team.path}/question-sets/imports`);
  await owner.picture('import-choose');
  await owner.field('File').setInputFiles({ name: 'ours.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file, null, 2)) });
  await owner.press('Check the file');
  await owner.sees('What it would do');
  await owner.picture('import-dry-run');
  await owner.press('Import it', { judge: false });
  await owner.sees('The file is in the draft.');
  await owner.judge();
  await owner.picture('import-done');
  file.questions[0].minutes = 900;
  file.questions[1].key = 'Not a key';
  await owner.visit(`${team.path}/question-sets/imports`);
  await owner.field('File').setInputFiles({ name: 'ours.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file, null, 2)) });
  await owner.press('Check the file');
  await owner.sees('This is at most 60.');
  await owner.picture('import-refused');
  stage.expectNoViolations();
});

step('an interview is planned with each of the two; a set that is open for practice is said to be known', async () => {
  await owner.visit(draft);
  await owner.press('Open for practice');
  await owner.sees('Opened by Ada Owner');
  await owner.visit(`${team.path}/candidates/new`);
  await owner.fill({ Name: 'Sam Candidate' });
  await owner.page.getByLabel('Own account').selectOption({ label: 'Sam Candidate' });
  await owner.press('Save');
  for (const number of [1, 2]) {
    await owner.page.goto(`${team.path}/interviews/new`);
    await choose(owner.page.getByLabel('Question set', { exact: true }), `our copy, version ${number}`);
    await owner.fill({ Minutes: '45', 'Date and time': tomorrow() });
    await owner.press('Suggest questions', { judge: false });
    assert.equal(await owner.page.locator('#known-questions').count(), 0, 'nobody is chosen yet');
    await owner.page.getByLabel('Candidate', { exact: true }).selectOption({ label: 'Sam Candidate' });
    await owner.page.locator('#known-questions').waitFor();
    if (number === 1) {
      await owner.judge();
      await owner.picture('planner-known');
    }
    const seat = owner.page.locator('.seatrow').first();
    await choose(seat.getByLabel('Person', { exact: true }), 'Ada Owner');
    await seat.getByLabel('Seat', { exact: true }).selectOption('lead_interviewer');
    await owner.press('Plan it and tell everybody');
    await owner.sees(`our copy, version ${number}`);
  }
  stage.expectNoViolations();
});

async function middle(locator) {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(person, title, over, side) {
  const { mouse } = person.page;
  const from = await middle(row(person, title).locator('[data-grip]'));
  const box = await row(person, over).boundingBox();
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move(from.x, side === 'after' ? box.y + box.height - 4 : box.y + 4, { steps: 8 });
  await row(person, title).and(person.page.locator('[data-dragged]')).waitFor();
  await mouse.up();
}

/** With a finger: the browser's own touch events, from which it makes pointers. */
async function touchDrag(person, title, over) {
  const touch = await person.context.newCDPSession(person.page);
  await row(person, title).scrollIntoViewIfNeeded();
  const from = await middle(row(person, title).locator('[data-grip]'));
  const box = await row(person, over).boundingBox();
  const at = (y) => ({ touchPoints: [{ x: from.x, y }] });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', ...at(from.y) });
  for (let n = 1; n <= 6; n++) await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', ...at(from.y + ((box.y + 4 - from.y) * n) / 6) });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
