// A room with two interviewers, an observer and a candidate, made through the API in a second; the pages are for what is tested.

import assert from 'node:assert/strict';
import { PASSWORD } from '../team.js';
import { ready } from './hands.js';

const NAMES = { ada: ['Ada Owner'], ben: ['Ben Lead', 'interviewer', 'lead_interviewer'], cara: ['Cara Second', 'interviewer', 'interviewer'], olga: ['Olga Watch', 'interviewer', 'observer'], sam: ['Sam Candidate', 'candidate'] };

/** What one person may do without a browser. */
export class Api {
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  async ask(method, path, body, headers = {}) {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method, body: body && JSON.stringify(body),
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...(this.token && { authorization: `Bearer ${this.token}` }), ...headers },
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text && JSON.parse(text);
  }

  get(path) { return this.ask('GET', path); }
  post(path, body) { return this.ask('POST', path, body); }
  put(path, body, headers) { return this.ask('PUT', path, body, headers); }
}

/** Everybody with an account, in one team. */
export class Crew {
  static async make(server) {
    const crew = new Crew();
    crew.asked = {};
    crew.server = server;
    const anybody = new Api(server.url);
    const account = (who) => ({ name: NAMES[who][0], email: `${who}@example.com`, password: PASSWORD, time_zone: 'Europe/Paris' });
    const first = await anybody.post(`/set-up/${server.setUpUrl.split('/').at(-1)}`, { ...account('ada'), team_name: 'North', team_mode: 'mock' });
    crew.team = `/teams/${first.team_id}`;
    crew.ada = new Api(server.url, first.sign_in.token);
    for (const who of ['ben', 'cara', 'olga', 'sam']) {
      const { url } = await crew.ada.post(`${crew.team}/invitations`, { role: NAMES[who][1] });
      const { sign_in } = await anybody.post(`/invitations/${url.split('/').at(-1)}/acceptance`, account(who));
      crew[who] = new Api(server.url, sign_in.token);
      crew[who].id = (await crew[who].get('/me')).account.id;
    }
    crew.record = await crew.ada.post(`${crew.team}/candidates`, { name: NAMES.sam[0], account_id: crew.sam.id });
    return crew;
  }

  /** A room that waits; `set` is the version of a question set, else the built-in one's newest; `candidate` somebody without an account, by name. */
  async room({ set, questions = 5, candidate } = {}) {
    const newest = async (what, slug) => (await this.ada.get(`${this.team}/${what}`)).items.find((one) => one.slug === slug).newest_version.id;
    set ??= this.set ??= await newest('question-sets', 'django-backend');
    this.rubric ??= await newest('rubrics', 'five-areas');
    const asked = this.asked[set] ??= (await this.ada.get(`${this.team}/question-sets/versions/${set}`)).questions.filter(({ levels }) => levels.includes('mid'));
    const room = new Room(this, asked.slice(0, questions));
    const { id } = await this.ada.post(`${this.team}/interviews`, {
      ...(candidate ? { candidate: { name: candidate } } : { candidate_id: this.record.id }), mode: 'mock', level: 'mid', question_set_version_id: set,
      rubric_version_id: this.rubric, question_ids: room.questions.map((one) => one.id),
      seats: ['ben', 'cara', 'olga'].map((who) => ({ account_id: this[who].id, seat: NAMES[who][2] })),
      starts_at: new Date(Date.now() + 3_600_000).toISOString(), time_zone: 'Europe/Paris', minutes: 50,
    });
    room.path = `${this.team}/interviews/${id}`;
    room.page = `${room.path}/room`;
    return room;
  }
}

export class Room {
  constructor(crew, questions) {
    this.crew = crew;
    this.questions = questions;
  }

  async start() {
    await this.move({ phase: 'live' });
    return this;
  }

  move(change) { return this.crew.ben.put(`${this.path}/room`, change); }

  card(who) { return this.crew[who].get(`${this.path}/scorecard`); }

  async ownNotes() { return (await this.crew.sam.get(`${this.path}/own-notes`)).text; }

  state(who = 'ben') { return this.crew[who].get(`${this.path}/room`); }

  /** A browser of its own in which this person is signed in, before the room's page. `line` is the way it goes to the server. */
  async enter(stage, who, line = this.crew.server, { path = this.page } = {}) {
    const person = await stage.newPerson(NAMES[who][0], { baseURL: line.url });
    await person.context.addCookies([{ name: 'fivefold', value: this.crew[who].token, url: line.url }]);
    await person.page.goto(path);
    await ready(person);
    return person;
  }
}

/** Everything of a card that somebody put there, in an order that does not depend on who was first. */
export function content({ areas, questions, evidence, ticks, warning_signs, recommendation, confidence, next_step }) {
  const sorted = (list) => list.map((one) => JSON.stringify(one)).sort();
  return {
    areas: areas.map(({ area, value, reason }) => [area, value, reason]), recommendation, confidence, next_step,
    questions: sorted(questions.map(({ question_id, value }) => [question_id, value])),
    evidence: sorted(evidence.filter((one) => !one.deleted).map(({ sign, area, question_id, text }) => [sign, area, question_id, text])),
    ticks: sorted((ticks ?? []).filter((one) => one.on !== false)), warning_signs: sorted((warning_signs ?? []).filter((one) => one.on !== false)),
  };
}
