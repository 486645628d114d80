import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'

async function connected() {
  const csms = memoryCsms({ pingIntervalMs: 0 })
  const station = await csms.boot('CS1', 'ocpp2.0.1')
  const answers: Record<string, object> = { SendLocalList: { status: 'Accepted' } }
  station.serve = (action) => answers[action]
  const record = csms.store.stations.get('CS1')
  if (!record) throw new Error('there is no CS1')
  const send = (action: string, payload: object = {}) => csms.commander.send('CS1', action, payload)
  return { answers, record, send }
}

const token = (idToken: string, type = 'ISO14443') => ({ idToken, type })

describe('the local authorization list of a 2.x station', () => {
  test('[2.0.1 D01] is known as it was accepted, by value and type', async () => {
    const { answers, record, send } = await connected()
    await send('SendLocalList', {
      versionNumber: 3,
      updateType: 'Full',
      localAuthorizationList: [
        {
          idToken: token('MUM'),
          idTokenInfo: {
            status: 'Accepted',
            cacheExpiryDateTime: '2027-01-01T00:00:00Z',
            groupIdToken: token('FAMILY', 'Central'),
          },
        },
        { idToken: token('1234', 'KeyCode'), idTokenInfo: { status: 'Accepted' } },
        { idToken: token('1234'), idTokenInfo: { status: 'Blocked' } },
      ],
    })
    expect(record.localList).toMatchObject({
      version: 3,
      entries: [
        {
          idToken: 'MUM',
          type: 'ISO14443',
          status: 'Accepted',
          expiry: '2027-01-01T00:00:00Z',
          groupId: 'FAMILY',
        },
        { idToken: '1234', type: 'KeyCode' },
        { idToken: '1234', type: 'ISO14443' },
      ],
    })
    answers['SendLocalList'] = { status: 'VersionMismatch' }
    await send('SendLocalList', { versionNumber: 4, updateType: 'Full' })
    expect(record.localList?.version).toBe(3)
  })

  test('[2.0.1 D01.FR.17] a Differential without information takes the very token off', async () => {
    const { record, send } = await connected()
    const entry = (type: string) => ({
      idToken: token('1234', type),
      idTokenInfo: { status: 'Accepted' },
    })
    await send('SendLocalList', {
      versionNumber: 1,
      updateType: 'Full',
      localAuthorizationList: [entry('KeyCode'), entry('ISO14443')],
    })
    await send('SendLocalList', {
      versionNumber: 2,
      updateType: 'Differential',
      localAuthorizationList: [{ idToken: token('1234', 'KeyCode') }],
    })
    expect(record.localList?.entries).toEqual([
      { idToken: '1234', type: 'ISO14443', status: 'Accepted' },
    ])
  })

  test('[2.0.1 D02] another version than the known one is another list', async () => {
    const { answers, record, send } = await connected()
    await send('SendLocalList', { versionNumber: 1, updateType: 'Full' })
    answers['GetLocalListVersion'] = { versionNumber: 9 }
    await send('GetLocalListVersion')
    expect(record.localList).toMatchObject({ version: 9, entries: undefined })
  })
})
