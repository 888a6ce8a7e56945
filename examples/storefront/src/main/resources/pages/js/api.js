// Calls the server. A call that changes something carries a key, so it can be sent again when its answer is lost.
import { t, known, won } from './i18n.js';

const TRIES = 3;
// What takes effect once under one key, however often it is sent.
const KEYED = /\/(balance|cart|orders|payment|card-payments|cancellation|returns|receipts|adjustments)$/;
// The keys of calls whose answer never came: whoever asks for the same again, asks under the same key.
const unanswered = new Map();

export class Refusal extends Error {
  constructor(status, body, repeatable) {
    super(body.message);
    this.repeatable = repeatable;
    this.status = status;
    this.code = body.errorCode;
    this.field = body.field;
    this.values = body.values ?? {};
  }
}

const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));
const randomKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

export async function call(method, path, body, token) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const repeatable = method === 'GET' || KEYED.test(path);
  const sent = `${method} ${path} ${text}`;
  const key = unanswered.get(sent) ?? randomKey();
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  if (method !== 'GET') headers['Idempotency-Key'] = key;
  for (let tried = 1; ; tried++) {
    let response;
    let answer = null;
    try {
      response = await fetch(path, { method, headers, body: text });
      if (response.status !== 204) answer = await response.json();
    } catch (gone) {
      if (!repeatable || tried === TRIES) {
        unanswered.set(sent, key);
        throw new Refusal(0, { errorCode: 'OFFLINE', message: String(gone) }, repeatable);
      }
      await pause(500 * tried);
      continue;
    }
    unanswered.delete(sent);
    if (response.ok) return answer;
    if (response.status === 503 && repeatable && tried < TRIES) {
      await pause(1000 * Number(response.headers.get('Retry-After') ?? 1));
      continue;
    }
    if (response.status >= 500) unanswered.set(sent, key);
    throw new Refusal(response.status, answer, repeatable);
  }
}

export const get = (path, token) => call('GET', path, undefined, token);
export const post = (path, body, token) => call('POST', path, body ?? {}, token);
export const patch = (path, body, token) => call('PATCH', path, body, token);
export const remove = path => call('DELETE', path);

// Why a call was refused, in words that a customer understands.
export function words(refusal) {
  if (!(refusal instanceof Refusal)) return t('error.INTERNAL_ERROR');
  const { code, status, values } = refusal;
  if (code === 'P002') return values.available > 0 ? t('error.P002', { available: values.available }) : t('error.P002.none');
  if (code === 'PAY001' && values.available !== undefined) return t('error.PAY001', { missing: missing(values) });
  if (status === 503) return refusal.repeatable ? t('error.BUSY') : t('error.UNSURE');
  if (code === 'VALIDATION_ERROR') return invalid(refusal);
  return known(`error.${code}`) ? t(`error.${code}`) : refusal.message;
}

// What the fields of customers may hold is told in their words; what only staff can get wrong, in those of the server.
function invalid({ field, message }) {
  const name = `invalid.${field?.split('.').at(-1)}`;
  return known(name) ? t(name) : t('error.VALIDATION_ERROR', { message: message.replace(/ \(VALIDATION_ERROR\)$/, '') });
}

function missing({ asked, available }) {
  const digits = value => Number(String(value).replace(/[^\d.]/g, ''));
  return won(digits(asked) - digits(available));
}
