import { describe, expect, test } from 'vitest'
import { textTable } from './text-table.ts'

const head = ['id', 'state', 'note']

describe('textTable', () => {
  test('columns are to the left, two spaces apart, nothing behind the last', () => {
    expect(
      textTable(head, [
        ['CP-0001', 'Accepted', ''],
        ['X', 'No', 'why'],
      ]),
    ).toEqual(['id       state     note', 'CP-0001  Accepted', 'X        No        why'])
  })

  test('what does not fit is cut in the widest column', () => {
    const lines = textTable(head, [['CP1', 'Accepted', 'a long story of a station']], 30)
    expect(lines).toEqual(['id   state     note', 'CP1  Accepted  a long story o…'])
  })

  test('in a terminal that is far too narrow every column keeps a few letters', () => {
    expect(textTable(head, [['CP1', 'Accepted', 'a long story']], 5)[1]).toBe('CP1  Accep…  a lon…')
  })

  test('what a station wrote commands no terminal and breaks no line', () => {
    expect(textTable(['id'], [['a\u001b[2J\nb']])[1]).toBe('a·[2J b')
  })
})
