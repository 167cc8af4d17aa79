// Two servers over one database: what one does, the other's people see; and when PostgreSQL's own message is lost, they see
// it a moment later, because every stream looks for itself.

import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Stage } from '../people.js';
import { Server } from '../server.js';
import { shown } from '../team.js';
import { live, prompt } from './hands.js';
import { Crew } from './room.js';

/** PostgreSQL's socket again, on which messages of what happened elsewhere can be lost. */
class Wire {
  static async lay(server) {
    const wire = new Wire(join(server.folder, 'data/postgres/.s.PGSQL.5432'));
    await new Promise((resolve) => wire.listener.listen(join(wire.folder, '.s.PGSQL.5432'), resolve));
    return wire;
  }

  constructor(to) {
    this.folder = mkdtempSync(join(tmpdir(), 'fivefold-wire-'));
    chmodSync(this.folder, 0o700);
    this.deaf = false;
    this.lost = 0;
    this.ends = new Set();
    this.listener = net.createServer((from) => {
      const on = net.connect(to);
      for (const end of [from, on]) {
        this.ends.add(end);
        end.on('error', () => {});
        end.on('close', () => { this.ends.delete(end); from.destroy(); on.destroy(); });
      }
      from.pipe(on);
      let rest = Buffer.alloc(0);
      on.on('data', (chunk) => {
        rest = Buffer.concat([rest, chunk]);
        // a message is a letter and its length; "A" is what NOTIFY brings
        while (rest.length >= 5 && rest.length > rest.readUInt32BE(1)) {
          const message = rest.subarray(0, 1 + rest.readUInt32BE(1));
          rest = rest.subarray(message.length);
          if (this.deaf && message[0] === 0x41) this.lost += 1; else from.write(message);
        }
      });
    });
  }

  get url() { return `postgresql://fivefold@/fivefold?host=${encodeURIComponent(this.folder)}&port=5432`; }

  close() {
    for (const end of this.ends) end.destroy();
    this.listener.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

let one, two, wire, stage, crew;

before(async () => {
  one = await Server.start();
  crew = await Crew.make(one);
  wire = await Wire.lay(one);
  two = await Server.startWith({ DATABASE_URL: wire.url, FIVEFOLD_SECRET_KEY_FILE: join(one.folder, 'data/secret-key') });
  stage = await Stage.open(one);
});

after(async () => {
  await stage?.close();
  await two?.stop();
  wire?.close();
  await one?.stop();
});

/** Milliseconds until the candidate, on the other server, has another question before them. */
async function moves(ben, sam, key = 'j') {
  const before = await prompt(sam).textContent();
  const began = Date.now();
  await ben.page.keyboard.press(key);
  await shown(prompt(sam), (text) => text !== before);
  return Date.now() - began;
}

const mark = (person) => person.page.evaluate(() => { window.marked = true; });

test('interviewer on one server, candidate on the other: moves, presence and asks reach across', async () => {
  const room = await (await crew.room()).start();
  const ben = await room.enter(stage, 'ben', one);
  const sam = await room.enter(stage, 'sam', two);
  for (const person of [ben, sam]) { await live(person); await mark(person); }
  await ben.page.locator('[data-person="Sam Candidate"][data-presence="here"]').waitFor();
  const took = [await moves(ben, sam), await moves(ben, sam), await moves(ben, sam)].sort((a, b) => a - b);
  assert.ok(took[1] < 1500, `a move took ${took} ms to the other server's page`);
  await sam.page.getByRole('button', { name: 'Ask for a break', exact: true }).click();
  await ben.page.getByText('Sam asked for a break.').first().waitFor({ timeout: 3000 });
  await sam.page.close();
  await ben.page.locator('[data-person="Sam Candidate"]:not([data-presence])').waitFor({ timeout: 3000 });

  wire.deaf = true;
  sam.page = await sam.context.newPage();
  await sam.page.goto(room.page);
  await live(sam);
  await moves(ben, sam, 'k');
  await moves(ben, sam, 'k');
  assert.ok(wire.lost > 0, 'messages were lost indeed');
  wire.deaf = false;
  assert.equal(await ben.page.evaluate(() => window.marked), true);
  stage.expectNoViolations();
});
