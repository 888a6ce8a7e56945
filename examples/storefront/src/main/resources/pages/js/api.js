// Calls the server. A call that changes something carries a key, so it can be sent again when its answer is lost.
import { t, known, won } from './i18n.js';

const TRIES = 3;

export class Refusal extends Error {
  constructor(status, body) {
    super(body.message);
    this.status = status;
    this.code = body.errorCode;
    this.field = body.field;
    this.values = body.values ?? {};
  }
}

const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));
const randomKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

export async function call(method, path, body, token) {
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  if (method !== 'GET') headers['Idempotency-Key'] = randomKey();
  const repeatable = method === 'GET' || /\/(balance|orders|payment|cancellation|receipts|adjustments)$/.test(path);
  for (let tried = 1; ; tried++) {
    let response;
    try {
      response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    } catch (gone) {
      if (!repeatable || tried === TRIES) throw new Refusal(0, { errorCode: 'OFFLINE', message: String(gone) });
      await pause(500 * tried);
      continue;
    }
    if (response.status === 204) return null;
    const answer = await response.json().catch(() => ({ errorCode: 'INTERNAL_ERROR', message: response.statusText }));
    if (response.ok) return answer;
    if (response.status === 503 && repeatable && tried < TRIES) {
      await pause(1000 * Number(response.headers.get('Retry-After') ?? 1));
      continue;
    }
    throw new Refusal(response.status, answer);
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
  if (status === 503) return t('error.BUSY');
  if (code === 'VALIDATION_ERROR') return t('error.VALIDATION_ERROR', { field: refusal.field ?? '', message: refusal.message });
  return known(`error.${code}`) ? t(`error.${code}`) : refusal.message;
}

function missing({ asked, available }) {
  const digits = value => Number(String(value).replace(/[^\d.]/g, ''));
  return won(digits(asked) - digits(available));
}
