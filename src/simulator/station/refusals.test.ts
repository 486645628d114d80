import { describe, expect, test } from 'vitest'
import { actionsOf } from '../../ocpp/action.ts'
import { messageOf } from '../../ocpp/schemas.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import { officialSchemas } from '../../platform/official-schemas.ts'
import { refusals } from './refusals.ts'
import { garbage } from './traits.ts'

/** With these a station does as it was told, or will. */
const content = ['Accepted', 'AcceptedCanceled', 'RebootRequired', 'Scheduled', 'Unlocked']

interface AnswerSchema {
  readonly properties?: Readonly<Record<string, { $ref?: string; enum?: readonly string[] }>>
  readonly definitions?: Readonly<Record<string, { enum?: readonly string[] }>>
  readonly required?: readonly string[]
  readonly additionalProperties: boolean
}

function statusesOf({ properties, definitions }: AnswerSchema): readonly string[] | undefined {
  const status = properties?.['status']
  const name = status?.$ref?.split('/').at(-1)
  return name === undefined ? status?.enum : definitions?.[name]?.enum
}

describe.each(ocppVersions)('%s', (version) => {
  const actions = Object.entries(actionsOf[version]).flatMap(([action, { from }]) =>
    from === 'station' ? [] : [action],
  )
  const schemas = new Map(officialSchemas(version).map((schema) => [messageOf(schema.$id), schema]))
  const answerTo = (action: string): AnswerSchema =>
    JSON.parse(JSON.stringify(schemas.get(`${action} response`)))

  test('every action of a CSMS has its refusal, if its answer has a status', () => {
    expect(Object.keys(refusals[version]).sort()).toEqual([...actions].sort())
    for (const action of actions) {
      const status = refusals[version][action]
      const statuses = statusesOf(answerTo(action))
      expect(status !== undefined, action).toBe(statuses !== undefined)
      if (status === undefined) continue
      expect(statuses, action).toContain(status)
      expect(content, action).not.toContain(status)
      expect(answerTo(action).required, action).toEqual(['status'])
    }
  })

  test('garbage answers nothing', () => {
    for (const action of actions) {
      const { additionalProperties, properties } = answerTo(action)
      expect(additionalProperties, action).toBe(false)
      for (const key of Object.keys(garbage)) expect(properties, action).not.toHaveProperty(key)
    }
  })
})
