// The shared pad: two people type at once, offline too, and nothing is lost; afterwards it is played back.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { shown, Team } from './team.js';

let server;
let stage;
let owner, guest;
let interview;

const step = story(() => stage);

before(async () => {
  server = await Server.start();
  stage = await Stage.open(server);
});

after(async () => {
  await stage?.close();
  await server?.stop();
});

const pad = (person) => person.page.locator('.pad textarea');
const ready = (person) => person.page.locator('.pad[data-ready]').waitFor();
const saved = (person) => person.page.locator('[data-pad-state][data-state="saved"]').waitFor();
const value = (person) => pad(person).inputValue();

/** Waits until everybody's pad reads the same, and as asked. */
async function same(asked, within = 10_000) {
  const end = Date.now() + within;
  for (;;) {
    const [mine, theirs] = [await value(owner), await value(guest)];
    if (mine === theirs && asked(mine)) return mine;
    assert.ok(Date.now() < end, `the pads differ, or are not as asked:\n${mine}\n---\n${theirs}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

step('an interview by link begins', async () => {
  const team = new Team(stage, server);
  owner = await team.setUp('Ada Owner');
  interview = await team.planWithGuest('Sam Guest');
  await owner.visit(`${interview}/candidate-links`);
  await owner.press('Make the link', { judge: false });
  const link = await owner.page.locator('#fresh-link').textContent();
  guest = await stage.newPerson('Sam Guest');
  await guest.page.goto(link);
  await guest.press('Come in', { judge: false });
  await guest.page.goto(`${interview}/room`);
  await owner.page.goto(`${interview}/room`);
  await owner.press('Start the interview', { judge: false });
  await guest.page.locator('.prompt').waitFor();
});

step('a pad that is opened comes up on the candidate’s page without a reload', async () => {
  await guest.page.evaluate(() => { window.marked = true; });
  await owner.page.getByLabel('Language of the pad').selectOption({ label: 'Python' });
  await owner.click('Open a shared pad');
  for (const person of [owner, guest]) await ready(person);
  assert.equal(await guest.page.evaluate(() => window.marked), true);
  await guest.page.getByLabel('Shared pad, Python').waitFor();
  for (const person of [owner, guest]) await person.judge();
  stage.expectNoViolations();
});

step('both type at once, and both read the same', async () => {
  await pad(guest).pressSequentially('def total(orders):');
  await same((text) => text === 'def total(orders):');
  await pad(owner).evaluate((area) => area.setSelectionRange(0, 0));
  await Promise.all([pad(owner).pressSequentially('# sum it\n', { delay: 25 }), pad(guest).pressSequentially('\n\treturn sum(orders)', { delay: 25 })]);
  const text = await same((both) => both.includes('sum(orders)') && both.includes('# sum it'));
  assert.equal(text, '# sum it\ndef total(orders):\n\treturn sum(orders)');
  for (const person of [owner, guest]) await saved(person);
  await owner.picture('pad-interviewer');
  await guest.picture('pad-candidate');
  stage.expectNoViolations();
});

step('Tab is a character; Escape, then Tab, leaves the pad; a shortcut is none in it', async () => {
  // What is typed without a pause is taken back together; nothing of before is left in a page that has just come.
  await guest.page.reload();
  await ready(guest);
  await pad(guest).focus();
  await guest.page.keyboard.press('Tab');
  assert.ok((await value(guest)).includes('\t\t') || (await value(guest)).endsWith('\t'), 'Tab types a tab');
  assert.equal(await guest.page.evaluate(() => document.activeElement.id), 'pad-text');
  await guest.page.keyboard.press('Control+z');
  await same((text) => !text.endsWith('\t'));
  await guest.page.keyboard.press('Escape');
  await guest.page.keyboard.press('Tab');
  assert.notEqual(await guest.page.evaluate(() => document.activeElement.id), 'pad-text');
  const asked = await owner.page.locator('.prompt').textContent();
  await pad(owner).evaluate((area) => area.setSelectionRange(0, 0));
  await pad(owner).press('j');
  assert.equal(await owner.page.locator('.prompt').textContent(), asked, 'a letter typed in the pad moves nothing');
  await same((text) => text.startsWith('j# sum'));
});

step('what is typed without a line comes when it is back, beside what others wrote meanwhile', async () => {
  await guest.context.setOffline(true);
  await pad(guest).evaluate((area) => area.setSelectionRange(area.value.length, area.value.length));
  await pad(guest).pressSequentially('\n# offline');
  await guest.sees('Offline. Kept on this device.');
  await pad(owner).evaluate((area) => area.setSelectionRange(0, 1));
  await pad(owner).press('Delete');
  await saved(owner);
  await guest.context.setOffline(false);
  await same((text) => text === '# sum it\ndef total(orders):\n\treturn sum(orders)\n# offline');
  await saved(guest);
});

step('a tab that is closed without a line loses nothing', async () => {
  await guest.context.setOffline(true);
  await pad(guest).pressSequentially('\n# closed');
  await guest.sees('Offline. Kept on this device.');
  await guest.page.close();
  await guest.context.setOffline(false);
  guest.page = await guest.context.newPage();
  await guest.page.goto(`${interview}/room`);
  await ready(guest);
  await same((text) => text.endsWith('# offline\n# closed'));
});

step('a line that is lost and comes back brings what was typed meanwhile', async () => {
  const lost = (route) => route.abort();
  await guest.page.route('**/events?**', lost);
  await server.restart();
  await pad(owner).evaluate((area) => area.setSelectionRange(area.value.length, area.value.length));
  await pad(owner).pressSequentially('\n# restarted');
  await saved(owner);
  await guest.page.unroute('**/events?**', lost);
  await same((text) => text.endsWith('# closed\n# restarted'), 40_000);
});

step('a long paste arrives whole, and is taken back in one step', async () => {
  const before = await value(guest);
  await pad(guest).evaluate((area) => {
    area.focus();
    area.setRangeText('€'.repeat(100_000), area.value.length, area.value.length, 'end');
    area.dispatchEvent(new Event('input'));
  });
  await same((text) => text.length === before.length + 100_000, 30_000);
  await saved(guest);
  await guest.page.keyboard.press('Control+z');
  await same((text) => text === before, 30_000);
  await saved(guest);
});

step('another question has another pad, and this one is as it was when the room comes back', async () => {
  await owner.click('Next question');
  await guest.page.locator('.pad').waitFor({ state: 'detached' });
  await owner.click('Open a shared pad');
  await guest.page.getByLabel('Shared pad, Plain text').waitFor();
  await owner.click('Previous');
  for (const person of [owner, guest]) await ready(person);
  await same((text) => text.endsWith('# restarted'));
});

step('after the end the pad is played back', async () => {
  await owner.page.getByRole('button', { name: 'End interview' }).click();
  await owner.page.locator('#confirm').getByRole('button', { name: 'End it' }).click();
  await guest.page.getByText('What you typed together').waitFor();
  await guest.judge();
  await guest.follow('Pad 1 · Python');
  await guest.page.locator('[data-playback][data-ready]').waitFor();
  const text = guest.page.locator('[data-playback-text]');
  const slider = guest.page.locator('input[type="range"]');
  const whole = '# sum it\ndef total(orders):\n\treturn sum(orders)\n# offline\n# closed\n# restarted';
  assert.equal(await text.inputValue(), whole);
  await guest.picture('pad-playback');
  await slider.focus();
  await guest.page.keyboard.press('Home');
  assert.equal(await text.inputValue(), '');
  await guest.page.keyboard.press('ArrowRight');
  await shown(guest.page.locator('[data-playback-words]'), (words) => /^Change 1 of \d+, .* by the candidate$/.test(words));
  assert.ok('def total(orders):'.startsWith(await text.inputValue()));
  await guest.page.keyboard.press('End');
  assert.equal(await text.inputValue(), whole);
  await guest.click('Play');
  await guest.click('Pause');
  await guest.follow('Back to the interview');
  await guest.follow('Pad 2 · Plain text');
  await guest.sees('Nothing was typed yet.');
  stage.expectNoViolations();
});
