// The first minutes with a new server.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';

let server;
let stage;

before(async () => {
  server = await Server.start();
  stage = await Stage.open(server);
});

after(async () => {
  await stage?.close();
  await server?.stop();
});

test('an address that leads nowhere says so, on every screen', async () => {
  const visitor = await stage.newPerson('visitor');
  await visitor.visit('/no/such/page', 404);
  await visitor.picture('not-found');
  stage.expectNoViolations();
});

const PASSWORD = 'seven green kites over Lyon';
let owner;
let team;

test('the printed link makes the first owner and team, keeps what was typed, and is dead afterwards', async () => {
  const setUp = server.setUpUrl;
  owner = await stage.newPerson('owner');
  await owner.visit('/');
  await owner.visit(setUp);
  await owner.picture('set-up');

  await owner.fill({ 'Your name': 'Ada Owner', Email: 'ada@example.com', Password: 'password1234567', 'Name of your team': 'North' });
  await owner.page.getByLabel('Time zone').selectOption('Europe/Paris');
  await owner.page.getByText('Mock', { exact: false }).first().click();
  await owner.press('Make the team');
  assert.equal(await owner.page.getByLabel('Your name', { exact: true }).inputValue(), 'Ada Owner');
  await owner.sees('guessed quickly');

  await owner.fill({ Password: PASSWORD });
  await owner.page.getByRole('button', { name: 'Make the team', exact: true }).click();
  await owner.page.waitForURL(/\/teams\/[0-9a-f-]{36}/);
  team = owner.page.url().match(/\/teams\/[0-9a-f-]{36}/)[0];

  const late = await stage.newPerson('somebody late');
  await late.visit(setUp, 404);
  stage.expectNoViolations();
});

test('an owner sees the team, its settings, its invitations, its mails and their own account', async () => {
  for (const path of ['members', 'settings', 'invitations', 'outbox'].map((page) => `${team}/${page}`).concat('/account', '/teams/new')) {
    await owner.visit(path);
  }
  await owner.picture('account');
  stage.expectNoViolations();
});

test('the server ends in order and comes back with everything, and who was signed in still is', async () => {
  assert.equal(await server.end(), 0);
  await server.begin();
  assert.equal((await fetch(`${server.url}/health/ready`)).status, 200);
  await owner.visit(`${team}/members`);
  stage.expectNoViolations();
});

test('signing out ends the sign-in, and the password opens again', async () => {
  await owner.visit('/account');
  await owner.page.getByLabel('your account', { exact: false }).first().click();
  await owner.press('Sign out');
  await owner.visit('/sign-in');
  await owner.fill({ Email: 'ada@example.com', Password: PASSWORD });
  await owner.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await owner.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await owner.visit(`${team}/settings`);
  stage.expectNoViolations();
});
