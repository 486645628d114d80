import { expect, test } from 'vitest'
import { realClock } from '../../platform/real-clock.ts'
import type { Errand } from '../hooks/plan.ts'
import { runErrands } from './errands.ts'
import { defaultFixtures } from './fixtures.ts'

const subjects = { stations: ['CP1', 'CP2'], fixtures: defaultFixtures, api: undefined }
const tools = { clock: realClock, timeoutMs: 5000, headers: {}, folder: '.' }

/** A program that fails with what it is told, so that it can be seen what that was. */
const telling = (each: Errand['each'], template: string): Errand => ({
  each,
  way: {
    kind: 'command',
    command: [process.execPath, '-e', 'console.error(process.argv[1]);process.exit(1)', template],
  },
})

test('errands are done once, for each station, or for each token; failures stop none', async () => {
  const errands = [
    telling('run', 'run {{fixtures.group}}'),
    telling('station', 'station {{station}}'),
    telling('token', 'token {{token.id}} {{token.status}} {{token.group}}'),
  ]
  const wrong = await runErrands(errands, subjects, tools)
  expect(wrong.map((words) => words.replace(/^.*ended with code 1: /s, '').trim())).toEqual([
    'run CSMS_CONF_GROUP',
    'station CP1',
    'station CP2',
    'token CSMS_CONF_TOKEN1 Accepted CSMS_CONF_GROUP',
    'token CSMS_CONF_TOKEN2 Accepted CSMS_CONF_GROUP',
    'token CSMS_CONF_MASTER Accepted CSMS_CONF_MGROUP',
    'token CSMS_CONF_BLOCKED Blocked',
    'token CSMS_CONF_EXPIRED Accepted',
  ])
})
