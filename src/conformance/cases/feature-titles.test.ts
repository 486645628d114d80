import { expect, test } from 'vitest'
import { featuresOf } from '../run/features-file.ts'
import { catalogue } from './catalogue.ts'
import { featureTitles } from './feature-titles.ts'

test('every feature that a case asks for says what it is, and no other', () => {
  expect(Object.keys(featureTitles).sort()).toEqual([...featuresOf(catalogue)].sort())
})
