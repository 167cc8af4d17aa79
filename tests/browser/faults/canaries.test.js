// Everything that not everybody may read carries a word found nowhere else. All that the server answers to the candidate's
// and to an observer's browser is kept, through a whole interview, and searched for the words.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Stage } from '../people.js';
import { routes, Server } from '../server.js';
import { shown } from '../team.js';
import { live, note, prompt, rate, score, settled } from './hands.js';
import { Line } from './line.js';
import { Crew } from './room.js';

const ASKED = 3;
const AREAS = ['fundamentals', 'framework', 'production', 'communication', 'problem-solving'];
const word = (kind, n) => `canary${kind}${n}x`;
/** Of a question: what its interviewer has beside it, and what only its page in the library shows. */
const GUIDE = ['listen', 'warning', 'probe', 'tests', 'anchor'];
const SAMPLES = ['strong', 'weak', 'why'];

let server, stage, crew, room;
const lines = {}, people = {};

before(async () => {
  server = await Server.start();
  stage = await Stage.open(server);
  crew = await Crew.make(server);
  const set = await setOfCanaries();
  room = Object.assign(await crew.room({ set }), { set });
});

after(async () => {
  await stage?.close();
  await Line.closeAll();
  await server?.stop();
});

async function setOfCanaries() {
  const sets = `${crew.team}/question-sets`;
  const set = await crew.ada.post(sets, { name: 'Canaries', rubric: 'five-areas' });
  for (let n = 0; n < 5; n += 1) {
    const say = (kind) => `About ${word(kind, n)} and what follows from it.`;
    await crew.ada.post(`${sets}/${set.id}/draft/questions`, {
      key: `question-${n}`, title: `Question ${word('title', n)}`, prompt: say('prompt'), kind: n ? 'technical' : 'opening', areas: [AREAS[n]], levels: ['mid'], minutes: 5,
      tests: say('tests'), listen_for: [say('listen'), `Says ${word('listen', n)} by itself.`], warning_signs: [say('warning')], probes: [say('probe')],
      anchors: [1, 2, 3, 4, 5].map((level) => ({ level, text: `${say('anchor')} At level ${level}.` })), topics: ['orm'],
      strong_answer: say('strong'), weak_answer: { text: say('weak'), why: say('why') },
    });
  }
  return (await crew.ada.post(`${sets}/${set.id}/versions`, { reason: 'The first.' })).newest_version.id;
}

const traffic = (who) => lines[who].answers.map((one) => `${one.method} ${one.path} → ${one.status}\n${one.headers}\n${one.text()}`);

/** Where a word stands in what somebody's browser was given. */
function found(who, words) {
  return traffic(who).flatMap((answer) => words.filter((one) => answer.includes(one)).map((one) => `${who} was given ${one} by ${answer.split('\n')[0]}`));
}

function never(who, ...words) { assert.deepEqual(found(who, words.flat()), []); }

const every = (kinds) => kinds.flatMap((kind) => room.questions.map((_, n) => word(kind, n)));
const written = (name) => ['note', 'reason', 'step', 'draft'].map((kind) => word(kind, name));

/** Nothing of anybody's card, whatever its words are: no score, no chip, no count. */
function scoresIn(who) {
  // a chip of the room, a chosen anchor, a value of a card in JSON
  const marks = [/data-queue-score/, /data-area-evidence/, /class="sr">Score </, /name="(question_value|area_\d)"[^>]* checked/, /"(recommendation|next_step)":/, /"value":\d/, /"evidence":\[\{/];
  return traffic(who).filter((answer) => marks.some((mark) => mark.test(answer))).map((answer) => `${who}: ${answer.split('\n')[0]}`);
}

test('everybody comes in by a line that keeps what it carries', async () => {
  for (const who of ['ben', 'cara', 'olga', 'sam']) {
    lines[who] = await Line.open(server);
    people[who] = await room.enter(stage, who, lines[who]);
  }
  never('sam', every(['title', 'prompt', ...GUIDE, ...SAMPLES]));
  never('olga', every([...GUIDE, ...SAMPLES]));
});


test('question by question, notes and scores are made; who may not know of them is not told', async () => {
  const { ben, cara, sam } = people;
  await ben.page.getByRole('button', { name: 'Start the interview' }).click();
  for (const person of Object.values(people)) { await prompt(person).waitFor(); await live(person); }
  for (let n = 0; n < ASKED; n += 1) {
    await shown(prompt(sam), (text) => text.includes(word('prompt', n)));
    for (const [person, name] of [[ben, 'ben'], [cara, 'cara']]) {
      await shown(prompt(person), (text) => text.includes(word('prompt', n)));
      await note(person, `Says ${word('note', name)} on ${n}.`, n % 2 ? 's' : 'c');
      await score(person, 4 - n);
      await person.page.locator('[data-kind="listen_for"]').first().check();
      await person.page.locator('.flag').first().click();
      await rate(person, n + 1, 5 - n);
      await settled(person);
    }
    never('sam', room.questions.map((_, later) => word('prompt', later)).slice(n + 1), every(['title', ...GUIDE, ...SAMPLES]));
    if (n < ASKED - 1) { await ben.page.keyboard.press('Escape'); await ben.page.locator('#main').focus(); await ben.page.keyboard.press('j'); }
  }
  await ben.page.locator('#text').click();
  await ben.page.keyboard.type(`Half a note: ${word('draft', 'ben')}`);
  await sam.page.getByRole('button', { name: 'Ask for a break' }).click();
  await ben.page.getByText('Sam asked for a break.').first().waitFor();
  await ask('olga');
  await ask('sam');
  withhold();
});

/** What must not have come by now, whoever asked for what. */
function withhold() {
  for (const who of ['sam', 'olga']) {
    never(who, every(SAMPLES.concat(GUIDE)), written('ben'), written('cara'));
    assert.deepEqual(scoresIn(who), []);
  }
  never('sam', every(['title']), room.questions.slice(ASKED).map((_, n) => word('prompt', ASKED + n)));
  never('ben', written('cara'));
  never('cara', written('ben'));
}

test('after the end one card is in and one is owed: nobody but its writer is told of it', async () => {
  const { ben, cara } = people;
  await ben.page.keyboard.press('Escape');
  await ben.page.getByRole('button', { name: 'End interview' }).click();
  await ben.page.locator('#confirm').getByRole('button', { name: 'End it' }).click();
  await ben.page.getByText('Your scorecard is next').waitFor();
  for (const who of ['ben', 'cara']) await fill(who);
  await submit('ben');
  for (const who of ['olga', 'sam', 'cara']) await ask(who);
  withhold();
  await submit('cara');
});

/** The rest of a card, by the door of programs; its page is looked at too. */
async function fill(who) {
  const { version } = await room.card(who);
  await crew[who].ask('PATCH', `${room.path}/scorecard`, {
    areas: [1, 2, 3, 4, 5].map((area) => ({ area, value: 3, reason: `Because of ${word('reason', who)}.` })),
    recommendation: 'nearly_ready', confidence: 'medium', next_step: `Practise ${word('step', who)}.`,
  }, { 'if-match': `"${version}"`, 'idempotency-key': crypto.randomUUID() });
  await people[who].page.goto(`${room.path}/scorecard`);
}

const submit = (who) => crew[who].put(`${room.path}/scorecard/submission`, {});

/** Asks for everything there is about this interview and this team, as a browser that is curious. */
async function ask(who) {
  const record = crew.record.id;
  const fill = (path) => path.replace('{team_id}', crew.team.split('/')[2]).replace('/interviews/{id}', room.path.replace(crew.team, '')).replace('/candidates/{id}', `/candidates/${record}`)
    .replace('{question_id}', room.questions[ASKED].id);
  // the library is open to every interviewer of the team; this is about the room and what comes of it
  const open = who === 'sam' ? /^$/ : /question-sets|rubrics|\/find|\/kit/;
  const paths = routes().filter(({ method, path, kind }) => method === 'GET' && kind !== 'asset' && !/events/.test(path) && !open.test(path)).map(({ path }) => fill(path)).filter((path) => !path.includes('{'));
  paths.push(`${room.page}?question=${room.questions[ASKED].id}`, `${crew.team}/find?q=canary`, `/api/v1${crew.team}/find?q=canary`);
  const asked = await people[who].page.evaluate(async (paths) => {
    for (const path of paths) await fetch(path).then((answer) => answer.text());
    return paths.length;
  }, who === 'sam' ? paths : paths.filter((path) => !open.test(path)));
  assert.ok(asked > 40, `${who} asked for ${asked} things only`);
}

test('the search finds what is there: who may read it was given every one of the words', async () => {
  await people.ben.page.goto(`${crew.team}/question-sets/versions/${room.set}/questions/${room.questions[0].id}`);
  const has = (who, words) => assert.deepEqual(words.filter((one) => !traffic(who).some((answer) => answer.includes(one))), [], `${who}'s own words`);
  const first = (kinds) => kinds.flatMap((kind) => room.questions.slice(0, ASKED).map((_, n) => word(kind, n)));
  has('ben', [...first(['title', 'prompt', 'listen', 'warning', 'probe', 'anchor']), ...SAMPLES.map((kind) => word(kind, 0)), word('tests', 0), ...['note', 'reason', 'step'].map((kind) => word(kind, 'ben'))]);
  has('cara', ['reason', 'step', 'note'].map((kind) => word(kind, 'cara')));
  has('sam', first(['prompt']));
  has('olga', first(['title', 'prompt']));
  assert.ok(scoresIn('ben').length > 3, 'a score is seen where there is one');
  await people.olga.page.goto(`${room.path}/scorecards`);
  has('olga', [word('reason', 'ben'), word('reason', 'cara')]);
  assert.ok(lines.sam.answers.some((one) => /event-stream/.test(one.headers) && one.text().includes('"seq"')), 'the stream is among what is searched');
});
