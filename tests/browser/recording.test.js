// A gold interview is brought with its sound. Then an answer is said aloud: recorded, paused, found again after a reload, kept on the device or saved, heard, and deleted.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stage } from './people.js';
import { Server } from './server.js';
import { story } from './story.js';
import { Team } from './team.js';

const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

let server;
let stage;
let team;
let sofia;
let attempt;

const step = story(() => stage);

before(async () => {
  server = await Server.start();
  stage = await Stage.open(server, MICROPHONE);
});

after(async () => {
  await stage?.close();
  await server?.stop();
});

const recorder = () => sofia.page.locator('[data-recorder]').first();
const state = (name) => sofia.page.locator(`[data-recorder][data-state="${name}"]`).first().waitFor();
const press = (name) => recorder().getByRole('button', { name, exact: true }).click();
const yes = (name) => sofia.page.locator('#confirm').getByRole('button', { name, exact: true }).click();

/** Until it has gone on for so many seconds, by its own clock. */
const until = (seconds) => sofia.page.waitForFunction((seconds) => {
  const time = [...document.querySelectorAll('[data-recorder-time]')].find((place) => place.offsetParent)?.textContent ?? '';
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) >= seconds;
}, seconds);

const seconds = async () => {
  const time = await recorder().locator('[data-recorder-time]:visible').first().textContent();
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
};

/** Lets the player play, and gives how far it came. */
const play = (place) => place.evaluate(async (audio) => {
  audio.muted = true;
  await audio.play();
  await new Promise((done, failed) => {
    audio.ontimeupdate = () => { if (audio.currentTime > 0.2) done(); };
    audio.onerror = () => failed(new Error(`it cannot be played: ${audio.error?.message}`));
  });
  audio.pause();
  return audio.currentTime;
});

async function score() {
  await sofia.page.getByLabel('How sure are you, in percent?').fill('60');
  for (const name of ['score', 'area_score']) {
    const level = sofia.page.locator(`[name="${name}"][value="3"]`);
    if (await level.count()) await level.check();
  }
  await sofia.press('Keep this score', { judge: false });
  await sofia.sees('What an interviewer listens for');
}

step('a lead brings the sound of a gold interview, and a time of its transcript plays from there', async () => {
  team = new Team(stage, server);
  const ada = await team.setUp('Ada Owner');
  const made = await ada.page.evaluate(async (path) => {
    const json = (method, url, body) => fetch(url, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }).then((answer) => answer.json());
    const rubrics = await json('GET', `/api/v1${path}/rubrics`);
    const transcript = [{ at: 0, who: 'interviewer', text: 'Where would you look first?' }, { at: 1, who: 'candidate', text: 'At the slowest query.' }];
    const rubric = rubrics.items[0].newest_version?.id ?? rubrics.items[0].id;
    return json('POST', `/api/v1${path}/gold-interviews`, { title: 'A slow page', summary: 'Where to look.', level: 'mid', minutes: 5, rubric_version_id: rubric, transcript });
  }, team.path).catch((error) => error);
  await ada.visit(`${team.path}/gold-interviews/${made.id}`);
  const talk = await ada.page.evaluate(async () => {
    // no microphone is allowed here: a tone has to do
    const context = new AudioContext();
    const [tone, out] = [context.createOscillator(), context.createMediaStreamDestination()];
    tone.connect(out);
    tone.start();
    const recorder = new MediaRecorder(out.stream, { mimeType: 'audio/webm;codecs=opus' });
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.start();
    await new Promise((done) => { setTimeout(done, 3000); });
    await new Promise((done) => { recorder.onstop = done; recorder.stop(); });
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return [...bytes];
  });
  await ada.page.getByLabel('A recording of it').setInputFiles({ name: 'talk.webm', mimeType: 'audio/webm', buffer: Buffer.from(talk) });
  await ada.press('Bring it');
  await ada.picture('gold-audio');
  await ada.page.getByRole('button', { name: '0:01: hear it from here' }).click();
  await ada.page.locator('.turn--heard', { hasText: 'At the slowest query.' }).waitFor();
});

step('a candidate records, pauses and goes on', async () => {
  sofia = await team.join('Sofia Marin', 'Candidate');
  sofia.page.on('dialog', (dialog) => dialog.accept());
  await sofia.follow('Practice');
  await sofia.page.getByLabel('Time to think first').first().selectOption({ label: 'None' });
  await sofia.press('Ask me a question');
  attempt = new URL(sofia.page.url()).pathname;
  await sofia.picture('recording-idle');
  await press('Record');
  await state('recording');
  await until(2);
  await sofia.sees('The microphone hears you');
  await sofia.picture('recording-on');
  await press('Pause');
  await state('paused');
  await sofia.judge();
  const paused = await seconds();
  await press('Go on');
  await state('recording');
  assert.ok(await seconds() <= paused + 1, 'the pause does not count');
  await until(6);
});

step('a page that is left in the middle loses five seconds at most', async () => {
  const said = await seconds();
  await sofia.page.reload();
  await state('found');
  const left = await seconds();
  assert.ok(left > 0 && said - left <= 5, `${said} s were said, ${left} are left`);
  await sofia.judge();
  await sofia.picture('recording-found');
  await play(recorder().locator('audio'));
  await press('Go on with it');
  await sofia.sees('On this device only');
  await sofia.picture('recording-device');
});

step('it is saved when she says so, and heard in ranges', async () => {
  await press('Save it');
  await state('saved');
  await play(recorder().locator('audio'));
  const part = await sofia.page.evaluate(async (url) => {
    const answer = await fetch(url, { headers: { range: 'bytes=0-3' } });
    return { status: answer.status, bytes: [...new Uint8Array(await answer.arrayBuffer())] };
  }, `/api/v1${attempt}/recording/audio`);
  assert.deepEqual(part, { status: 206, bytes: [0x1a, 0x45, 0xdf, 0xa3] });
  await sofia.page.reload();
  await state('saved');
  await sofia.judge();
  await sofia.picture('recording-saved');
});

step('the next try is kept on the device and is the answer all the same', async () => {
  await press('Delete it and record again');
  await yes('Delete it');
  await state('idle');
  await press('Record');
  await state('recording');
  await until(2);
  // Who is done need not stop it first.
  await sofia.press('I am done');
  await sofia.sees('Score yourself');
  await sofia.sees('On this device only');
  await sofia.picture('recording-score');
  await play(recorder().locator('audio'));
  await score();
  await sofia.sees('On this device only');
  await press('Save it');
  await state('saved');
  await sofia.page.reload();
  await sofia.sees('kept until');
  await sofia.judge();
  await sofia.picture('recording-result');
});

step('a second answer stands beside the first', async () => {
  await sofia.press('Answer it anew', { judge: false });
  await press('Record');
  await state('recording');
  await until(1);
  await press('Stop');
  await state('recorded');
  await press('Record again');
  await yes('Record again');
  await state('recording');
  await until(2);
  await press('Stop');
  await state('recorded');
  await press('Save it');
  await state('saved');
  await sofia.press('I am done', { judge: false });
  await score();
  await sofia.follow('Side by side');
  assert.equal(await sofia.page.locator('.spoken audio').count(), 2);
  for (const place of await sofia.page.locator('.spoken audio').all()) assert.ok(await play(place) > 0);
  await sofia.picture('recording-side');
});

step('all of them are on one page, for as long as she wishes', async () => {
  await sofia.visit(attempt.replace(/\/attempts.*/, '/practice/recordings'));
  await sofia.picture('recordings');
  await sofia.page.getByLabel('Delete what I save after').selectOption('365');
  await sofia.press('Save', { judge: false });
  await sofia.sees('Saved.');
  const rows = sofia.page.locator('.goldrow').filter({ hasText: 'kept until' });
  assert.equal(await rows.count(), 2);
  await rows.first().getByRole('button').click();
  await sofia.go(() => yes('Delete it'));
  await sofia.sees('You deleted the recording');
});

step('without a microphone typing goes on', async () => {
  await sofia.press('Next question', { judge: false });
  await sofia.page.evaluate(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError')); });
  await press('Record');
  await sofia.sees('The microphone was not allowed.');
  await sofia.judge();
  await sofia.picture('recording-denied');
  await sofia.page.evaluate(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError')); });
  await press('Try again');
  await sofia.sees('No microphone was found.');
  await sofia.page.getByLabel('Your answer').fill('Then I type it.');
  await sofia.press('I am done', { judge: false });
  await sofia.sees('Then I type it.');
  stage.expectNoViolations();
});
