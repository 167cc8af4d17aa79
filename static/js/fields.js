// Between the controls of a scorecard, the names of their values, and the JSON that is sent.
// A control says what it is: data-group="area" data-area="1" data-field="value|reason" · "question" data-question ·
// "tick" data-question data-kind data-index · "warning" data-warning [data-question] · "claim" data-claim data-field="value|evidence" · "card" data-field
const FIELD = '[data-group]';
const NOTE = ['sign', 'area', 'question_id', 'at_seconds', 'text'];

export const isField = (element) => element.matches?.(FIELD) ?? false;

/** The name of a control's value; several radio buttons share one. */
export function keyOf({ dataset: d }) {
  switch (d.group) {
    case 'area': return `area:${d.area}:${d.field}`;
    case 'question': return `question:${d.question}`;
    case 'tick': return `tick:${d.question}:${d.kind}:${d.index}`;
    case 'warning': return `warning:${d.warning}:${d.question ?? ''}`;
    case 'claim': return `claim:${d.claim}:${d.field}`;
    default: return `card:${d.field}`;
  }
}

export const controls = (root, key) => [...root.querySelectorAll(FIELD)].filter((control) => keyOf(control) === key);
export const keys = (root) => new Set([...root.querySelectorAll(FIELD)].map(keyOf));

const scored = (text) => (text === '' || text == null ? null : /^[1-5]$/.test(text) ? Number(text) : text);
const isScore = (control) => control.dataset.group === 'question' || (control.dataset.group === 'area' && control.dataset.field === 'value');

/** A value's name in its parts. A warning sign's own key may hold colons; the question behind it never does. */
function parts(key) {
  const [group, ...rest] = key.split(':');
  return group === 'warning' ? [group, rest.slice(0, -1).join(':'), rest.at(-1)] : [group, ...rest];
}

/** What the page says now. */
export const read = (root, key) => value(controls(root, key), ({ checked, value: text }) => ({ checked, text }));

/** What the server wrote into it, whatever was done to it since. */
export const written = (root, key) => value(controls(root, key), (one) => {
  const option = one.options && ([...one.options].find((option) => option.defaultSelected) ?? one.options[0]);
  return { checked: one.defaultChecked, text: option ? option.value : /^(radio|checkbox|hidden)$/.test(one.type) ? one.value : one.defaultValue };
});

function value(found, of) {
  const [one] = found;
  if (!one) return undefined;
  if (one.type === 'checkbox') return of(one).checked;
  const text = one.type === 'radio' ? found.find((radio) => of(radio).checked)?.value ?? null : of(one).text;
  return isScore(one) ? scored(text) : text === '' && one.tagName === 'SELECT' ? null : text;
}

/** Puts a value into the page. */
export function write(root, key, value) {
  for (const control of controls(root, key)) {
    if (control.type === 'checkbox') control.checked = Boolean(value);
    else if (control.type === 'radio') control.checked = value != null && control.value === String(value);
    else if (control.value !== (value ?? '')) control.value = value ?? '';
  }
}

export const isText = (root, key) => controls(root, key).some((control) => control.matches('textarea, input[type="text"], input:not([type])'));

/** How a value reads to a person: the words of its radio button or option, or the text itself. */
export function describe(root, key, value) {
  if (value != null && typeof value === 'object') return value.deleted ? '' : value.text ?? '';
  const found = controls(root, key);
  const match = found.find((control) => control.type === 'radio' && control.value === String(value));
  if (match) return (match.closest('label')?.textContent ?? match.value).replace(/\s+/g, ' ').trim();
  const option = found[0]?.options && [...found[0].options].find((one) => one.value === (value ?? ''));
  return option ? option.text : value == null ? '' : String(value);
}

/** The body of one PATCH. What is absent is left as it is; null clears. */
export function body(entries) {
  const out = {};
  const list = (name) => (out[name] ??= []);
  for (const [key, value] of entries) {
    const [group, a, b, c] = parts(key);
    if (group === 'area') {
      const areas = list('areas');
      let one = areas.find((area) => area.area === Number(a));
      if (!one) areas.push(one = { area: Number(a) });
      one[b] = value;
    } else if (group === 'question') list('questions').push({ question_id: a, value });
    else if (group === 'tick') list('ticks').push({ question_id: a, kind: b, index: Number(c), on: Boolean(value) });
    else if (group === 'warning') list('warning_signs').push({ key: a, question_id: b || null, on: Boolean(value) });
    else if (group === 'claim') {
      const claims = list('claims');
      let one = claims.find((claim) => claim.claim_id === a);
      if (!one) claims.push(one = { claim_id: a });
      one[b] = value;
    }
    else if (group === 'evidence') list('evidence').push({ id: a, ...value });
    else out[a] = value;
  }
  return out;
}

/** The value of one name in a whole card from the server. */
export function pick(card, key) {
  const [group, a, b, c] = parts(key);
  switch (group) {
    case 'area': return card.areas?.find((one) => one.area === Number(a))?.[b] ?? null;
    case 'question': return card.questions?.find((one) => one.question_id === a)?.value ?? null;
    case 'tick': return card.ticks?.find((one) => one.question_id === a && one.kind === b && one.index === Number(c))?.on ?? false;
    case 'warning': {
      const found = card.warning_signs?.find((one) => one.key === a && (one.question_id ?? '') === b);
      return found ? found.on ?? true : false;
    }
    case 'claim': return card.claims?.find((one) => one.claim_id === a)?.[b] ?? null;
    case 'evidence': {
      const found = card.evidence?.find((one) => one.id === a);
      if (!found || found.deleted) return undefined;
      return Object.fromEntries(NOTE.map((name) => [name, found[name] ?? null]));
    }
    default: return card[a] ?? null;
  }
}

/** Nothing, null and an empty text are the same; so are a note that was deleted and one that never was, and texts that
 *  differ in the space at their end, which the server does not keep. */
export function same(a, b) {
  const plain = (value) => {
    if (typeof value === 'string') value = value.trimEnd();
    if (value == null || value === '' || value === false || value?.deleted) return null;
    if (typeof value !== 'object') return value;
    return JSON.stringify(Object.keys(value).filter((name) => name !== 'deleted').sort().map((name) => [name, value[name] ?? null]));
  };
  return plain(a) === plain(b);
}
