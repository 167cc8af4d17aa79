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

test('the server ends in order and comes back with everything', async () => {
  assert.equal(await server.end(), 0);
  await server.begin();
  assert.equal((await fetch(`${server.url}/health/ready`)).status, 200);
});
