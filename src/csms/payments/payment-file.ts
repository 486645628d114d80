import { readFileSync } from 'node:fs'
import { readPlainYaml } from '../../document/plain-yaml.ts'
import { csmsError } from '../../shared/errors.ts'
import type { PaymentSettings } from '../domain/web-payments.ts'

const known = ['url', 'secret', 'amount', 'currency', 'timeout']
const shortestSecret = 16

/**
 * Reads how drivers pay on the web from a YAML or JSON file. Throws `CSMS_CONFIG_INVALID`, which
 * says what is wrong with it.
 */
export function readPayments(file: string): PaymentSettings {
  const fail = (message: string, cause?: unknown) =>
    csmsError('CSMS_CONFIG_INVALID', { file, message }, cause)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : 'why is not known'
    throw fail(`it cannot be read (${why}).`, error)
  }
  const read = readPlainYaml(text)
  if ('error' in read) throw fail(read.error)
  const { value } = read
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fail(`it must hold ${known.join(', ')}.`)
  }
  const stray = Object.keys(value).find((key) => !known.includes(key))
  if (stray !== undefined) throw fail(`"${stray}" is not known; there are ${known.join(', ')}.`)
  const settings = {
    url: '',
    secret: '',
    amount: 50,
    currency: 'EUR',
    timeout: 300,
    ...(value as Readonly<Record<string, unknown>>),
  }
  const { url, secret, amount, currency, timeout } = settings
  if (!isSafeUrl(url)) {
    throw fail('"url" must be where drivers reach this server: https, or http of this machine.')
  }
  if (typeof secret !== 'string' || secret.length < shortestSecret) {
    throw fail(`"secret" must be a text of at least ${shortestSecret} characters.`)
  }
  if (typeof amount !== 'number' || !(amount > 0)) throw fail('"amount" must be above 0.')
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) {
    throw fail('"currency" must be a code of ISO 4217 like EUR.')
  }
  if (!Number.isInteger(timeout) || timeout < 30 || timeout > 3600) {
    throw fail('"timeout" must be 30 to 3600 seconds.')
  }
  return { url: url.replace(/\/+$/, ''), secret, amount, currency, timeoutSeconds: timeout }
}

/** What drivers pay by goes over no open line. */
function isSafeUrl(url: unknown): url is string {
  if (typeof url !== 'string' || !URL.canParse(url)) return false
  const { protocol, hostname, search, hash } = new URL(url)
  if (search !== '' || hash !== '') return false
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  return protocol === 'https:' || (protocol === 'http:' && isLocal)
}
