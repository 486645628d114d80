import { expect, test } from 'vitest'
import { fillText, fillValue } from './template.ts'

const values = {
  station: 'CP 1',
  payload: { idTag: 'CARD7', connectorId: 2, list: [{ id: 'a' }] },
}

test('a placeholder alone keeps the kind of its value', () => {
  expect(fillValue({ connector: '{{payload.connectorId}}' }, values)).toEqual({ connector: 2 })
})

test('a key whose value the payload has not is left out', () => {
  const template = { tag: '{{payload.idTag}}', parent: '{{payload.parentIdTag}}' }
  expect(fillValue(template, values)).toEqual({ tag: 'CARD7' })
})

test('a list keeps what there is', () => {
  expect(fillValue(['{{payload.list[0].id}}', '{{payload.list[1].id}}'], values)).toEqual(['a'])
})

test('within a text a missing value is nothing, and every other one its text', () => {
  expect(fillText('{{station}}:{{payload.connectorId}}:{{payload.none}}', values)).toBe('CP 1:2:')
})

test('in a URL values are percent-encoded', () => {
  expect(fillText('/cp/{{ station }}', values, encodeURIComponent)).toBe('/cp/CP%201')
})
