import { expect, test } from 'vitest'
import { MadeUpCsms } from '../../../../test/helpers/made-up-csms.ts'
import { casesOf } from '../catalogue.ts'

type Row = Readonly<Record<string, unknown>>

/** A CSMS that reads what it is made to read in its own way. */
async function judged(id: string, reading: (rows: readonly Row[]) => readonly (readonly Row[])[]) {
  const [one] = casesOf('ocpp2.0.1').filter((other) => other.id === `TC_${id}_CSMS`)
  const csms = new MadeUpCsms(
    () => ({}),
    (_action, { getVariableData }) =>
      reading(getVariableData as readonly Row[]).map((rows) => ({ getVariableData: rows })),
  )
  return one && (await csms.judge(one))
}

const inOne = (rows: readonly Row[]) => [rows]
const oneByOne = (rows: readonly Row[]) => rows.map((row) => [row])
const in3 = (rows: readonly Row[]) => [rows.slice(0, 3), rows.slice(3)].filter((some) => some[0])

test.each([
  ['as ordered', inOne],
  ['the other way round', (rows: readonly Row[]) => [rows.toReversed()]],
  [
    'with another attribute',
    (rows: readonly Row[]) => [rows.flatMap((row) => [row, { ...row, attributeType: 'MaxSet' }])],
  ],
])('[2.0.1 B06] several variables are read %s', async (_how, reading) => {
  expect(await judged('B_07', reading)).toEqual(['pass'])
})

test.each([
  ['one after another', oneByOne],
  [
    'not as they are',
    (rows: readonly Row[]) => [rows.map((row) => ({ ...row, attributeType: 'Target' }))],
  ],
  [
    'with one that nobody wanted',
    (rows: readonly Row[]) => [[...rows, { ...rows[0], variable: { name: 'X' } }]],
  ],
])('[2.0.1 B06] it is wrong to read several variables %s', async (_how, reading) => {
  expect(await judged('B_07', reading)).toMatchObject([
    'fail',
    expect.stringContaining('asked for'),
  ])
})

test.each([
  ['one by one', oneByOne],
  ['three and two', in3],
])(
  '[2.0.1 B06.FR.05] five variables of a station that takes four are read %s',
  async (_how, reading) => {
    expect(await judged('B_08', reading)).toEqual(['pass'])
  },
)

test('[2.0.1 B06.FR.05] five at once are too many, and four are not all', async () => {
  expect((await judged('B_08', inOne))?.slice(0, 2)).toEqual(['fail', '5 variables in one message'])
  const four = (rows: readonly Row[]) => [rows.slice(0, 4)]
  expect(await judged('B_08', four)).toMatchObject([
    'fail',
    expect.stringContaining('missing: Auth'),
  ])
})
