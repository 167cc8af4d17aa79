// One interview from the first plan to the report that its candidate reads, by the people who take part in it.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { choose, shown, Team, tomorrow } from './team.js';

let server;
let stage;
let team;
let owner, ben, cara, olga, sam;
let interview, card;

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

const room = () => `${interview}/room`;
const prompt = (person) => person.page.locator('.prompt');
const current = (person) => person.page.locator('.queue [aria-current] .q__t');
const saved = async (person) => person.page.locator('[data-save-state][data-state="saved"]').waitFor();
/** The page goes on by itself: marked now, it still carries the mark when it was not loaded anew. */
const mark = (person) => person.page.evaluate(() => { window.marked = true; });
const notLoadedAnew = async (person) => assert.equal(await person.page.evaluate(() => window.marked), true, `${person.name}'s page was loaded anew`);

/** Keeps what the page posts on its way until it is let go. */
async function holdMoves(page) {
  let release;
  const gate = new Promise((go) => { release = go; });
  const hold = async (route) => { if (route.request().method() === 'POST') await gate; await route.fallback(); };
  await page.route('**/room**', hold);
  return async () => { release(); await page.unroute('**/room**', hold); };
}

step('an owner makes a team, and everybody joins by a link of their own', async () => {
  owner = await team.setUp('Ada Owner');
  ben = await team.join('Ben Lead', 'Interviewer');
  cara = await team.join('Cara Second', 'Interviewer');
  olga = await team.join('Olga Watch', 'Interviewer');
  sam = await team.join('Sam Candidate', 'Candidate');
  await owner.visit(`${team.path}/invitations`);
  await owner.visit(`${team.path}/members`);
  for (const name of ['Ben Lead', 'Cara Second', 'Olga Watch', 'Sam Candidate']) await owner.sees(name);
  stage.expectNoViolations();
});

step('the library is there from the start', async () => {
  await owner.visit(`${team.path}/question-sets`);
  await owner.go((page) => page.locator('main a[href*="/question-sets/"]').first().click());
  await owner.visit(`${team.path}/rubrics`);
  await owner.go((page) => page.locator('main a[href*="/rubrics/"]').first().click());
  stage.expectNoViolations();
});

step('a candidate record points at the candidate’s account', async () => {
  await owner.visit(`${team.path}/candidates/new`);
  await owner.fill({ Name: 'Sam Candidate' });
  await owner.page.getByLabel('Own account').selectOption({ label: 'Sam Candidate' });
  await owner.press('Save');
  await owner.sees('Sam Candidate');
  stage.expectNoViolations();
});

step('an interview is planned: candidate, level, suggested questions, panel, time; each step keeps what was chosen', async () => {
  await owner.visit(`${team.path}/interviews/new`);
  await owner.page.getByLabel('Candidate', { exact: true }).selectOption({ label: 'Sam Candidate' });
  await owner.page.getByLabel('Level', { exact: true }).selectOption('mid');
  await owner.fill({ Minutes: '50', 'Date and time': tomorrow(), Place: 'Room 4', 'Instructions for the panel': 'Ben asks, Cara listens.' });
  await owner.press('Suggest questions', { judge: false });
  assert.equal(await owner.page.getByLabel('Candidate', { exact: true }).locator('option:checked').textContent(), 'Sam Candidate');
  for (const [row, name, seat] of [[0, 'Ben Lead', 'lead_interviewer'], [1, 'Cara Second', 'interviewer'], [2, 'Olga Watch', 'observer']]) {
    while (await owner.page.locator('.seatrow').count() <= row) await owner.press('Add a person', { judge: false });
    const seatrow = owner.page.locator('.seatrow').nth(row);
    await choose(seatrow.getByLabel('Person', { exact: true }), name);
    await seatrow.getByLabel('Seat', { exact: true }).selectOption(seat);
  }
  await owner.judge();
  await owner.picture('planner');
  await owner.press('Plan it and tell everybody');
  assert.match(owner.page.url(), /\/interviews\/[0-9a-f-]{36}$/);
  interview = new URL(owner.page.url()).pathname;
  card = `${interview}/scorecard`;
  await owner.picture('interview');
  await owner.visit(`${team.path}/outbox`);
  stage.expectNoViolations();
});

step('the lobby waits for who leads, and every page goes on by itself when they start', async () => {
  for (const person of [cara, olga, sam]) await person.visit(room());
  await sam.sees('You are in the right place');
  await sam.picture('lobby');
  await ben.visit(interview);
  await ben.visit(room());
  await ben.press('Start the interview');
  for (const person of [cara, olga, sam]) await prompt(person).waitFor();
  const asked = await prompt(ben).textContent();
  for (const person of [cara, olga, sam]) assert.equal(await prompt(person).textContent(), asked);
  for (const person of [ben, cara, olga, sam]) await person.judge();
  assert.equal(await olga.page.locator('textarea, [type="radio"]').count(), 0, 'an observer only reads along');
  for (const person of [ben, sam]) {
    await person.page.locator('#text').focus();
    await person.page.locator('#main').focus();
    assert.equal(await person.page.locator('[data-save-text]').textContent(), 'Nothing to save yet', `${person.name} has written nothing`);
  }
  assert.equal(await sam.page.locator('.queue, .guide, .scoring, textarea:not(#text)').count(), 0, 'a candidate sees the prompt and their own notes');
  stage.expectNoViolations();
});

step('the candidate’s page follows every move through the event stream, without a reload', async () => {
  for (const person of [sam, olga, cara]) await mark(person);
  const first = await prompt(sam).textContent();
  await ben.click('Next question');
  const second = await shown(prompt(ben), (text) => text !== first);
  for (const person of [sam, olga, cara]) await shown(prompt(person), (text) => text === second);

  await ben.page.keyboard.press('k');
  for (const person of [ben, sam]) await shown(prompt(person), (text) => text === first);
  await ben.page.keyboard.press('j');
  for (const person of [ben, sam]) await shown(prompt(person), (text) => text === second);

  await ben.click('Skip');
  const third = await shown(prompt(ben), (text) => text !== second && text !== first);
  await shown(prompt(sam), (text) => text === third);

  await ben.click('Hide prompt');
  await sam.sees('Listen to your interviewer.');
  await olga.sees('Hidden from');
  // pressed while the move before is still on its way: it waits for its turn
  const letGo = await holdMoves(ben.page);
  await ben.click('Show prompt');
  await ben.page.keyboard.press('p');
  await letGo();
  await shown(prompt(sam), (text) => text === third);
  await sam.sees('A break. The clock stands still');
  await ben.page.locator('.roombar').getByRole('button', { name: 'Go on', exact: true }).waitFor();
  await sam.judge();
  await ben.click('Go on');
  await sam.page.getByText('A break.').waitFor({ state: 'detached' });

  const questions = ben.page.locator('.queue__list li');
  const before = await questions.count();
  await ben.page.getByLabel('Add a question').selectOption({ index: 1 });
  await ben.click('Add question');
  await shown(questions, () => true, before + 1);
  for (const person of [cara, olga]) await shown(person.page.locator('.queue__list li'), () => true, before + 1);
  for (const person of [sam, olga, cara]) await notLoadedAnew(person);
  stage.expectNoViolations();
});

step('“/” finds a question in the queue, and goes on finding while the room moves; Escape shows all again', async () => {
  const rows = cara.page.locator('.queue__list > li:visible');
  const all = await rows.count();
  const title = await cara.page.locator('.queue .q__t').nth(2).textContent();
  await cara.page.locator('#main').focus();
  await cara.page.keyboard.press('/');
  await cara.page.keyboard.type(title.toUpperCase());
  assert.equal(await rows.count(), 1);
  assert.equal(await rows.locator('.q__t').textContent(), title);
  await cara.sees(`1 of ${all} questions`);
  const asked = await prompt(sam).textContent();
  await ben.page.keyboard.press('j');
  await shown(prompt(cara), (text) => text !== asked);
  assert.equal(await rows.count(), 1, 'the queue came anew and is filtered still');
  assert.equal(await cara.page.locator('#find-question').evaluate((field) => field === document.activeElement), true, 'who types is not disturbed');
  await cara.judge();
  await cara.page.keyboard.press('Escape');
  assert.equal(await rows.count(), all);
  assert.equal(await cara.page.evaluate(() => document.activeElement.id), 'main');
  await cara.page.keyboard.press('/');
  await cara.page.keyboard.type(title);
  await cara.page.keyboard.press('Enter');
  await cara.page.locator('.q--shown .q__t', { hasText: title }).waitFor();
  await cara.page.keyboard.press('Escape');
  await cara.page.goto(room());
  await cara.page.keyboard.press('?');
  await cara.page.locator('#keys-help').getByText('Find a question in the queue').waitFor();
  await cara.page.keyboard.press('Escape');
  await ben.page.keyboard.press('k');
  await shown(prompt(sam), (text) => text === asked);
  stage.expectNoViolations();
});

step('another question can be read ahead without moving the room', async () => {
  const asked = await prompt(sam).textContent();
  await cara.click('Look ahead', 'link');
  await cara.sees('Not on Sam’s screen');
  assert.equal(await prompt(sam).textContent(), asked);
  await cara.click('Back to the current question', 'link');
  await shown(prompt(cara), (text) => text === asked);
  stage.expectNoViolations();
});

step('ticks, notes and scores say “Saved”, by keys and by mouse, and a reload keeps them', async () => {
  await ben.page.locator('[data-kind="listen_for"]').first().check();
  await ben.page.locator('[data-kind="probe"]').first().check();
  await ben.page.locator('.flag').first().click();
  await ben.page.locator('#main').focus();
  await ben.page.keyboard.press('4');
  await note(ben, 's', 'Asked what had changed before naming a cause.');
  await note(ben, 'c', 'Forgot who is told while it is broken.');
  await ben.page.keyboard.press('Escape');
  await rateAreas(ben, [4, 4, 3, 4, 4]);
  await saved(ben);

  await cara.page.locator('.scoring .anchor').nth(1).click();
  await note(cara, 'c', 'Named a fix first and looked at the state only after a probe.');
  await rateAreas(cara, [4, 3, 3, 4, 2]);
  await saved(cara);

  await ben.judge();
  await ben.picture('room');
  await ben.page.reload();
  await kept();
  assert.equal(await ben.page.getByText('Named a fix first').count(), 0, 'another’s note is nobody’s business before the end');
  stage.expectNoViolations();
});

/** What Ben did stands on his page. */
async function kept() {
  assert.ok(await ben.page.locator('[data-kind="listen_for"]').first().isChecked());
  assert.ok(await ben.page.locator('[data-kind="probe"]').first().isChecked());
  assert.ok(await ben.page.locator('.flag input').first().isChecked());
  assert.ok(await ben.page.locator('input[name="question_value"][value="4"]').isChecked());
  for (const [at, value] of [4, 4, 3, 4, 4].entries()) assert.ok(await ben.page.locator(`input[name="area_${at + 1}"][value="${value}"]`).isChecked());
  await ben.sees('Asked what had changed before naming a cause.');
  await ben.sees('Forgot who is told while it is broken.');
}

step('what is typed while the server is away is kept on the device, and sent when it is back; the pages reconnect by themselves', async () => {
  for (const person of [ben, sam]) await mark(person);
  const asked = await prompt(sam).textContent();
  await server.end();
  await note(ben, 's', 'Wrote this while the server was away.');
  await ben.page.locator('[data-save-state][data-state="offline"]').waitFor();
  await server.begin();
  await saved(ben);
  await ben.click('Next question');
  await shown(prompt(sam), (text) => text !== asked);
  await ben.click('Previous');
  await shown(prompt(sam), (text) => text === asked);
  for (const person of [ben, sam]) await notLoadedAnew(person);
  await ben.page.reload();
  await kept();
  await ben.sees('Wrote this while the server was away.');
  stage.expectNoViolations();
});

step('the end leads everybody on: who owes a scorecard to it, the candidate to thanks', async () => {
  const { pathname } = new URL(ben.page.url());
  const looks = [];
  ben.page.on('request', (request) => { if (request.method() === 'GET' && new URL(request.url()).pathname === pathname && !request.url().includes('fragment')) looks.push(request.url()); });
  // its answer is late: the signal that it is over comes first, and must not cut it off
  await ben.page.route(`**${pathname}`, async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    const answer = await route.fetch({ maxRedirects: 0 });
    await sam.sees('Thank you for your time');
    await cara.sees('Your scorecard is next');
    await olga.sees('No scorecard is asked of you');
    return route.fulfill({ response: answer });
  });
  await ben.page.getByRole('button', { name: 'End interview' }).click();
  await ben.go((page) => page.locator('#confirm').getByRole('button', { name: 'End it' }).click());
  await ben.page.unroute(`**${pathname}`);
  assert.equal(looks.length, 1, 'the page that the end leads to is asked for once');
  await ben.sees('Your scorecard is next');
  await cara.sees('Your scorecard is next');
  await sam.sees('Thank you for your time');
  await olga.sees('No scorecard is asked of you');
  for (const person of [cara, sam, olga]) await person.judge();
  await sam.picture('over');
  stage.expectNoViolations();
});

step('a scorecard lists what is missing before it takes the card, and keeps what was chosen', async () => {
  await ben.follow('Open your scorecard');
  await ben.picture('scorecard');
  await submit(ben);
  await ben.page.locator('.error-summary').waitFor();
  await ben.picture('scorecard-missing');
  await fillCard(ben, 'Nearly ready', [['Fundamentals', 'Chose the index from the query.'], ['Framework', 'Explained when a queryset runs.'], ['Production', 'Had no answer to how a failure is noticed.'], ['Communication', 'Said what he did while doing it.'], ['Problem-solving', 'Asked before naming a cause.']]);
  await submit(ben);
  await ben.sees('As you submitted it');
  await ben.judge();
  await ben.picture('scorecard-submitted');
  stage.expectNoViolations();
});

step('nobody sees another’s card before their own is in', async () => {
  await cara.visit(`${interview}/scorecards`);
  await cara.sees('You see the others’ scorecards after yours');
  assert.equal(await cara.page.getByText('Chose the index from the query.').count(), 0);
  await cara.page.goto(`${interview}/debrief`);
  assert.equal(await cara.page.getByText('Chose the index from the query.').count(), 0);
  await owner.visit(`${interview}/debrief`);
  await owner.sees('Owed');
  await owner.picture('debrief-waiting');
  await cara.visit(card);
  await fillCard(cara, 'Not yet', [['Fundamentals', 'Named the cost of an index.'], ['Framework', 'Mixed up prefetch and select.'], ['Production', 'No way back was planned.'], ['Communication', 'Answered what was asked.'], ['Problem-solving', 'Fixed first, asked later.']]);
  await submit(cara);
  await cara.sees('The debrief is open.');
  await cara.follow('Read the scorecards that are in');
  await cara.sees('Chose the index from the query.');
  stage.expectNoViolations();
});

step('the debrief begins with the widest disagreement and shows the rule’s number with its band; the lead decides', async () => {
  await cara.visit(`${interview}/debrief`);
  assert.match(await cara.page.locator('.spread tbody th').first().textContent(), /Problem-solving/);
  await ben.visit(`${interview}/debrief`);
  assert.match(await ben.page.locator('[aria-labelledby="rule"]').textContent(), /\d\.\d.*\d\.\d/s);
  await ben.picture('debrief');
  await ben.page.locator('[name="outcome"]').first().check();
  await ben.fill({ Because: 'Both saw careful work; the next step is small.' });
  const reason = ben.page.getByLabel('If this is not what the rule proposes, why');
  if (await reason.count()) await reason.fill('The open point can be closed in a week.');
  await ben.page.locator('#dissents').getByText('Cara Second').click();
  await ben.press('Record the decision');
  await ben.sees('Seen differently by Cara Second');
  stage.expectNoViolations();
});

step('a report is written, previewed as the candidate will see it, and released', async () => {
  await ben.visit(`${interview}/report`);
  await ben.fill({ Headline: 'Nearly ready: ask before you fix', 'In short': 'You know your tools. Look at the state first.' });
  await ben.page.locator('#strengths [name="strength_title"]').first().fill('Knows what a query costs');
  await ben.page.locator('#next_steps [name="step_title"]').first().fill('Practise the first ten minutes');
  await ben.page.getByLabel('The averages too').check();
  await ben.picture('report-desk');
  await ben.press('Save and preview');
  await ben.sees('This is what Sam Candidate will read.');
  await sam.visit(`${interview}/report`);
  await sam.sees('How would you score yourself?');
  await sam.picture('self-scores');
  for (const fieldset of await sam.page.locator('form fieldset').all()) await fieldset.locator('.anchor').nth(3).click();
  await sam.press('Keep my scores');
  assert.equal(await sam.page.getByText('Nearly ready: ask before you fix').count(), 0, 'a report is not read before it is released');
  await sam.judge();
  await ben.page.getByRole('button', { name: 'Release to the candidate' }).click();
  await ben.go((page) => page.locator('#confirm').getByRole('button', { name: 'Yes, go on' }).click());
  stage.expectNoViolations();
});

step('the candidate reads what was chosen, which names nobody, and prints it', async () => {
  await sam.visit(`${interview}/report`);
  await sam.sees('Nearly ready: ask before you fix');
  await sam.sees('Knows what a query costs');
  const text = await sam.page.locator('main').textContent();
  for (const name of ['Ben', 'Cara', 'Olga', 'Ada']) assert.doesNotMatch(text, new RegExp(`\\b${name}\\b`));
  await sam.picture('report');
  await sam.page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await sam.page.getByRole('button', { name: 'Print or save as PDF' }).click();
  assert.ok(await sam.page.evaluate(() => window.printed));
  await sam.page.emulateMedia({ media: 'print' });
  assert.ok(await sam.page.getByRole('button', { name: 'Print or save as PDF' }).isHidden());
  assert.ok(await sam.page.locator('.topbar').isHidden());
  await sam.page.emulateMedia({ media: 'screen' });
  await owner.visit(`${interview}`);
  await owner.visit(`${team.path}/interviews?state=done`);
  await owner.sees('Sam Candidate');
  stage.expectNoViolations();
});

/** Writes a note by keys alone. */
async function note(person, sign, text) {
  await person.page.locator('#main').focus();
  await person.page.keyboard.press(sign);
  await person.page.keyboard.press('n');
  await person.page.keyboard.type(text);
  await person.page.keyboard.press('Control+Enter');
  await person.page.locator('[data-note-list]').getByText(text).waitFor();
}

async function rateAreas(person, values) {
  for (const [at, value] of values.entries()) await person.page.locator('.arearow').nth(at).locator('label').nth(value - 1).click();
}

async function fillCard(person, recommendation, reasons) {
  const page = person.page;
  for (const [at, [, reason]] of reasons.entries()) await page.locator(`[data-field="reason"][data-area="${at + 1}"]`).fill(reason);
  await page.getByRole('radio', { name: recommendation }).check();
  await page.locator('[data-field="confidence"]').first().check();
  await page.getByLabel('Most useful next step').fill('Practise saying what you check first.');
  await saved(person);
}

async function submit(person) {
  await person.page.getByRole('button', { name: 'Submit scorecard', exact: true }).first().click();
  await person.go((page) => page.locator('#confirm').getByRole('button', { name: 'Submit scorecard' }).click());
}
