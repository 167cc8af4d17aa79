// A team made from nothing, as people make it: the printed link, invitations, accounts.

import { setTimeout as later } from 'node:timers/promises';

export const PASSWORD = 'seven green kites over Lyon';

export class Team {
  constructor(stage, server) {
    this.stage = stage;
    this.server = server;
  }

  /** The first owner, by the link that the server printed. */
  async setUp(name, options) {
    const owner = await this.stage.newPerson(name, options);
    await owner.visit(this.server.setUpUrl);
    await account(owner, name);
    await owner.fill({ 'Name of your team': 'North' });
    await owner.page.getByLabel('Mock', { exact: false }).first().check();
    await owner.press('Make the team');
    this.path = owner.page.url().match(/\/teams\/[0-9a-f-]{36}/)[0];
    this.owner = owner;
    return owner;
  }

  /** Somebody new with a browser of their own, in by an invitation's link. */
  async join(name, role, options) {
    const { page } = this.owner;
    await page.goto(`${this.path}/invitations`);
    await page.getByLabel('As', { exact: true }).selectOption({ label: role });
    await page.getByRole('button', { name: 'Make the link', exact: true }).click();
    const link = await page.locator('#fresh-link').textContent();
    const person = await this.stage.newPerson(name, options);
    await person.page.goto(link);
    await account(person, name);
    await person.press('Make an account and join', { judge: false });
    return person;
  }

  /** An interview with somebody who has no account, led by the owner alone; where its page is. */
  async planWithGuest(name) {
    const { owner, path } = this;
    await owner.page.goto(`${path}/interviews/new`);
    await owner.page.locator('[name="candidate.name"]').fill(name);
    await owner.fill({ Minutes: '45', 'Date and time': tomorrow() });
    await owner.press('Suggest questions', { judge: false });
    const row = owner.page.locator('.seatrow').first();
    await choose(row.getByLabel('Person', { exact: true }), owner.name);
    await row.getByLabel('Seat', { exact: true }).selectOption('lead_interviewer');
    await owner.press('Plan it and tell everybody', { judge: false });
    return new URL(owner.page.url()).pathname;
  }
}

async function account(person, name) {
  await person.fill({ 'Your name': name, Email: `${name.split(' ')[0].toLowerCase()}@example.com`, Password: PASSWORD });
  await person.page.getByLabel('Time zone').selectOption('Europe/Paris');
}

/** The option that begins with these words. */
export async function choose(select, words) {
  await select.selectOption(await select.locator('option', { hasText: words }).first().getAttribute('value'));
}

export function tomorrow() {
  return `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T10:00`;
}

/** Waits until the text of what is found is as asked (and so many are there), and gives it. */
export async function shown(locator, asked, count = 1, within = 10_000) {
  const end = Date.now() + within;
  for (;;) {
    const texts = await locator.allTextContents();
    if (texts.length === count && texts.every(asked)) return texts[0];
    if (Date.now() > end) throw new Error(`not shown in time; there are ${texts.length}: ${texts.join(' | ').slice(0, 400)}`);
    await later(25);
  }
}
