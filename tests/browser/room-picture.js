// Makes docs/room.png, the picture in the README: the demo's running interview, a few minutes of work in it.
// node room-picture.js, after cargo build

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Stage } from './people.js';
import { Server } from './server.js';
import { small } from './small-png.js';

const PICTURE = fileURLToPath(new URL('../../docs/room.png', import.meta.url));
const PASSWORD = 'seven green kites over Lyon';

process.env.FIVEFOLD_DEMO_PASSWORD = PASSWORD;
const server = await Server.start('--demo');
const stage = await Stage.open(server);
try {
  const jonas = await stage.newPerson('Jonas');
  const { page } = jonas;
  await page.goto('/sign-in');
  await jonas.fill({ Email: 'interviewer1@demo.example', Password: PASSWORD });
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/teams\//);
  const live = await page.evaluate(async () => {
    const team = location.pathname.match(/\/teams\/[^/]+/)[0];
    const { items } = await (await fetch(`/api/v1${team}/interviews`)).json();
    return `${team}/interviews/${items.find((interview) => interview.stage === 'live').id}/room`;
  });
  await page.goto(live);

  await score(page, 1, 4);
  await score(page, 2, 3);
  await page.locator('.queue [aria-current]').click();
  for (const at of [0, 2, 3]) await page.locator('[data-kind="listen_for"]').nth(at).check();
  await page.locator('[data-kind="probe"]').first().check();
  await page.locator('.flag').nth(3).click();
  await page.locator('#main').focus();
  await page.keyboard.press('4');
  await note(page, 'c', 'Checks the role, not yet whether this order is theirs.');
  await note(page, 's', 'Refuses first and opens one case after the other. Tests the refusals.');
  await rate(page, [4, 3, 4]);
  await page.locator('[data-save-state][data-state="saved"]').waitFor();
  await page.locator('#main').focus();
  await page.locator('.stage').evaluate((stage) => stage.scrollTo(0, 0));
  const png = await page.screenshot();
  await page.goto('about:blank');
  writeFileSync(PICTURE, await small(png, page));
} finally {
  await stage.close();
  await server.stop();
}

/** Looks back at a question and scores it. */
async function score(page, number, value) {
  const question = page.locator('.queue__list li').nth(number - 1);
  await question.locator('a').click();
  await question.locator('.q--shown').waitFor();
  await page.locator('#main').focus();
  await page.keyboard.press(String(value));
  await question.locator('.sc').waitFor();
}

async function note(page, sign, text) {
  await page.locator('#main').focus();
  await page.keyboard.press(sign);
  await page.keyboard.press('n');
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-note-list]').getByText(text).waitFor();
  await page.keyboard.press('Escape');
}

async function rate(page, values) {
  for (const [at, value] of values.entries()) await page.locator('.arearow').nth(at).locator('label').nth(value - 1).click();
}
