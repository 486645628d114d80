import { expect, test } from 'vitest'
import { awaitedActions, hookedActions } from './case.ts'
import { does } from './moves.ts'
import { asked, case21 } from './ocpp21/moves21.ts'

const one = case21({
  id: 'B_0',
  title: 'All ways of waiting for what a CSMS sends',
  moves: [
    asked('Reset', { order: { type: 'OnIdle' }, answer: { status: 'Accepted' } }),
    asked('SetChargingProfile', { answer: { status: 'Accepted' } }),
    does('both', () => undefined, ['SetVariables'], ['NotifyWebPaymentStarted']),
  ],
})

test('hooks have to make the CSMS send what is ordered, and nothing else', () => {
  expect(hookedActions(one)).toEqual(['Reset', 'SetVariables'])
})

test('what is ordered is not kept where it comes early: unanswered it would hold up all others', () => {
  expect([...awaitedActions(one)]).toEqual(['SetChargingProfile', 'NotifyWebPaymentStarted'])
})
