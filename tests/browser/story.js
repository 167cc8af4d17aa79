// A journey is one story told in steps: what comes after a broken step proves nothing, so it is skipped, not failed.
// What everybody had before them when it broke lies in target/screenshots.

import { test } from 'node:test';

/** stage: a function that gives it, for it opens later. */
export function story(stage) {
  let broken;
  return (name, step) => test(name, async (context) => {
    if (broken) {
      context.skip(`"${broken}" went wrong before`);
      return;
    }
    broken = name;
    try {
      await step(context);
    } catch (error) {
      await stage().pictureAll('broken');
      throw error;
    }
    broken = undefined;
  });
}
