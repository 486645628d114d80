import { describe, expect, test } from 'vitest'
import { MadeUpCsms } from '../../../test/helpers/made-up-csms.ts'
import { does } from '../cases/moves.ts'
import { asked, case201 } from '../cases/ocpp201/moves201.ts'
import { booted201 } from '../cases/ocpp201/states201.ts'

test('what a case cannot read ends the case, and not the run', async () => {
  const reading = does('it looks at what is not there', ({ values }) => {
    const { length } = (values.get('nothing') as { readonly list: readonly unknown[] }).list
    values.set('length', length)
  })
  const one = case201({ id: 'B_99', title: 'One', profile: 'Core', moves: [...booted201, reading] })
  const [verdict] = await new MadeUpCsms(() => ({})).judge(one)
  expect(verdict).toBe('error')
})

test('a connection that ends before an answer is told with its code and reason', async () => {
  const one = case201({ id: 'B_99', title: 'One', profile: 'Core', moves: booted201 })
  const [verdict, ...about] = await new MadeUpCsms(() => ({ fails: 'no such method' })).judge(one)
  expect([verdict, about[0]]).toEqual([
    'fail',
    'the connection closed with 1011 (no such method) before BootNotification was answered',
  ])
})

describe('a CALL that a hook is to bring', () => {
  const answer = { status: 'Accepted' } as const
  const reset = asked('Reset', { order: { type: 'OnIdle' }, answer, clause: '2.0.1 B11' })
  const one = case201({ id: 'B_99', title: 'One', profile: 'Core', moves: [...booted201, reset] })

  test('is all that is wanted where it comes', async () => {
    const csms = new MadeUpCsms(
      () => ({}),
      (action, payload) => [payload].filter(() => action === 'Reset'),
    )
    expect(await csms.judge(one)).toEqual(['pass'])
  })

  test('is missed where it does not', async () => {
    const [verdict, ...about] = await new MadeUpCsms(
      () => ({}),
      () => [],
    ).judge(one)
    expect([verdict, about.join()]).toEqual(['fail', 'no Reset came in time'])
  })
})
