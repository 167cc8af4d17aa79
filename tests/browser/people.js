// People with browsers of their own. Every page they visit is judged: no violation that axe finds, none of the
// Content-Security-Policy, no script error, no failed answer. With FIVEFOLD_TEST_PICTURES set, pictures of what they see
// go to target/screenshots.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PICTURES = fileURLToPath(new URL('../../target/screenshots', import.meta.url));
const FLAGS = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
// What depends on how wide the screen is; everything else was looked at on the desk.
const LAID_OUT = ['scrollable-region-focusable', 'target-size', 'aria-hidden-focus', 'bypass', 'landmark-one-main', 'page-has-heading-one', 'label', 'link-name', 'button-name', 'region'];

export class Stage {
  /** With more flags of Chromium's, as for a microphone that is none. */
  static async open(server, more = []) {
    mkdirSync(PICTURES, { recursive: true });
    const browser = await chromium.launch({
      executablePath: process.env.FIVEFOLD_TEST_CHROMIUM || '/usr/bin/chromium',
      // Chromium refuses its sandbox to root.
      args: [...FLAGS, ...more, ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
    });
    return new Stage(browser, server);
  }

  constructor(browser, server) {
    this.browser = browser;
    this.server = server;
    this.people = [];
    this.pages = new Set();
  }

  /** A person with a browser: cookies of their own. */
  async newPerson(name, options = {}) {
    const context = await this.browser.newContext({
      // Without motion: a colour on its way is no colour to judge.
      baseURL: this.server.url, viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Paris', reducedMotion: 'reduce', ...options,
    });
    const person = new Person(this, name, context);
    person.scripts = options.javaScriptEnabled ?? true;
    await person.open();
    // A step of a journey that goes wrong says so soon: whoever waits longer than this waits for ever.
    context.setDefaultTimeout(15_000);
    this.people.push(person);
    return person;
  }

  /** Nothing went wrong in anybody's browser. */
  expectNoViolations() {
    assert.deepEqual(this.people.flatMap((person) => person.faults), []);
  }

  /** What everybody has before them now. */
  async pictureAll(name) {
    for (const person of this.people) {
      await person.page.screenshot({ path: join(PICTURES, `${name}-${person.name.replaceAll(' ', '-')}.png`) }).catch(() => {});
    }
  }

  async close() {
    await this.browser.close();
  }
}

export class Person {
  constructor(stage, name, context) {
    this.stage = stage;
    this.name = name;
    this.context = context;
    this.faults = [];
  }

  async open() {
    await this.context.exposeFunction('reportViolation', (text) => this.faults.push(`${this.name}: CSP: ${text}`));
    await this.context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        window.reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ''}:${event.lineNumber} on ${location.pathname}`);
      });
    });
    await this.newPage();
  }

  /** Goes on in another window, as after a crash. */
  async newPage() {
    this.page = await this.context.newPage();
    this.page.on('pageerror', (error) => this.faults.push(`${this.name}: ${error} on ${this.page.url()}`));
    this.page.on('console', (message) => {
      // A failed answer is judged by its status below.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.faults.push(`${this.name}: ${message.text()} on ${this.page.url()}`);
      }
    });
    this.page.on('response', (response) => {
      if (response.status() >= 500) this.faults.push(`${this.name}: ${response.status()} ${response.url()}`);
    });
  }

  /** Goes to an address and judges what is there. */
  async visit(path, expected = 200) {
    const response = await this.page.goto(path);
    assert.equal(response.status(), expected, `${path}: ${response.status()}`);
    await this.judge();
    return response;
  }

  /** Does something that leads to another page (a link, a form), and judges that one unless it was judged before. */
  async go(act, { judge = true } = {}) {
    const [response] = await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), act(this.page)]);
    assert.ok(response === null || response.status() < 500, `${this.page.url()}: ${response?.status()}`);
    if (judge) await this.judge();
  }

  async press(name, options) {
    await this.go((page) => page.getByRole('button', { name, exact: true }).click(), options);
  }

  /** Presses what changes the page in place. */
  async click(name, role = 'button') {
    await this.page.getByRole(role, { name, exact: true }).first().click();
  }

  async follow(name) {
    await this.go((page) => page.getByRole('link', { name, exact: true }).first().click());
  }

  async fill(fields) {
    for (const [label, value] of Object.entries(fields)) await this.field(label).fill(value);
  }

  /** What is labelled so, "optional" or not. */
  field(label) {
    return this.page.getByLabel(label, { exact: true }).or(this.page.getByLabel(`${label} (optional)`, { exact: true })).first();
  }

  async sees(text) {
    await this.page.getByText(text).first().waitFor();
  }

  /** Everything axe knows, in light and dark, on a desk and on a phone; and no sideways scrolling on the phone. */
  async judge() {
    const path = new URL(this.page.url()).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{43}/g, 'X');
    this.stage.pages.add(path);
    if (this.scripts === false) return;                          // axe is a script itself
    const desk = this.page.viewportSize();
    // Evaluated by the browser's own tools: the page's policy forbids other people's scripts, rightly.
    await this.page.evaluate(AXE);
    await this.axe(`${path} light`, { rules: { 'target-size': { enabled: true } } });
    await this.page.emulateMedia({ colorScheme: 'dark' });
    await this.axe(`${path} dark`, { runOnly: ['color-contrast'] });
    await this.page.emulateMedia({ colorScheme: 'light' });
    await this.page.setViewportSize({ width: 390, height: 844 });
    await this.axe(`${path} phone`, { runOnly: LAID_OUT });
    // 320 is also a desk's 1280 at four times the size.
    for (const width of [390, 320]) {
      await this.page.setViewportSize({ width, height: 844 });
      const over = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) this.faults.push(`${this.name}: ${path} is ${over} px too wide for a screen of ${width}`);
    }
    await this.page.setViewportSize(desk);
  }

  async axe(where, options) {
    const { violations } = await this.page.evaluate((options) => window.axe.run(document, { resultTypes: ['violations'], ...options }), options);
    for (const { id, help, nodes } of violations) {
      this.faults.push(`${this.name}: axe: ${where}: ${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
    }
  }

  /** Pictures of the page as it is, for who asks for them: light and dark on a desk, light on a phone. */
  async picture(name) {
    if (!process.env.FIVEFOLD_TEST_PICTURES) return;
    const desk = this.page.viewportSize();
    for (const colorScheme of ['light', 'dark']) {
      await this.page.emulateMedia({ colorScheme });
      await this.page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`), fullPage: true });
    }
    await this.page.emulateMedia({ colorScheme: 'light' });
    await this.page.setViewportSize({ width: 390, height: 844 });
    await this.page.screenshot({ path: join(PICTURES, `${name}-phone.png`), fullPage: true });
    await this.page.setViewportSize(desk);
  }
}
