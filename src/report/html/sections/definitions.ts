import { type Html, html } from '../html.ts'
import type { Section } from './section.ts'

/** Every word that the page uses in a sense of its own. */
const words = {
  message:
    'One OCPP frame, counted once, at the station’s end. Pings and handshakes are no messages.',
  exchange: 'A CALL and its answer: two messages.',
  offered: 'What fell due, whether it could be sent or not.',
  achieved: 'What was answered with a CALLRESULT.',
  'intended instant': 'When a CALL is due by the scenario.',
  'generator lag':
    'Due timer fired − intended instant: the delay of the machine that made the load.',
  'gate wait':
    'Sent − due timer fired: the socket was not open, the boot not accepted, or another CALL outstanding.',
  'service time': 'Answer − sent.',
  'response time':
    'Answer − intended instant = generator lag + gate wait + service time. Measured from the moment of sending instead, a server that stalls would hide its stall (coordinated omission).',
  'open model':
    'CALLs have instants of their own, whatever the answers do; response time counts from them.',
  'closed model':
    'A CALL follows the answer before it: the intended instant is the one of sending, and the rate is what came out, not what was asked.',
  window:
    'Ramp: stations connect and boot. Warm-up: traffic runs, nobody judges. Steady: rates, percentiles and thresholds cover this alone. Drain: nothing new is sent, answers that are out may come. Without a steady window the figures cover the whole run.',
  percentile:
    'p99 is the time within which 99 % were answered. With fewer than ten samples beyond it, it would be luck, and a dash is shown: p95 takes 200 samples, p99 takes 1,000.',
  error: 'An exchange that ended in anything but a valid CALLRESULT.',
  lost: 'The connection broke before the answer came.',
  unfinished: 'Still without an answer when the run ended.',
  dropped: 'Due and never sent; outside the sum of started exchanges.',
  late: 'Answered after the CALL had timed out.',
  backlog: 'CALLs that are due and not settled.',
  sustained:
    'Over at least 60 s of steady: at least 99 % of the offered rate achieved, nothing dropped, fewer than 0.1 % errors, the backlog flat.',
  invalid:
    'The verdict of an open-model run in which the generator, not the target, was the limit: what held may have held because too little was sent.',
  books:
    'Every station’s own ledger of transactions, energy and statuses, compared with what the CSMS stored. An answer is no proof; this is.',
  'MUST and SHOULD': 'A rule of the specification was broken; or: legal but odd.',
  'co-located': 'Generator and target ran on the same machine and took CPU from each other.',
} as const

type Word = keyof typeof words

/** A word in the text, linked to what it means. */
export function term(word: Word, shown: string = word): Html {
  return html`<a class="term" href="#${idOf(word)}">${shown}</a>`
}

/** What the words mean, once, at the end. */
export function definitions(): Section {
  const list = Object.entries(words).map(
    ([word, meaning]) => html`<div id="${idOf(word)}"><dt>${word}</dt><dd>${meaning}</dd></div>`,
  )
  return { id: 'words', title: 'Words', body: html`<dl class="words">${list}</dl>` }
}

function idOf(word: string): string {
  return `word-${word.toLowerCase().replace(/[^a-z]+/g, '-')}`
}
