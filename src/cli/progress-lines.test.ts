import { expect, test } from 'vitest'
import { sampleProgress } from '../../test/helpers/sample-progress.ts'
import { progressLines } from './progress-lines.ts'

test('a line every five seconds, and everything that is said', () => {
  const lines: string[] = []
  const observer = progressLines((line) => lines.push(line))
  observer.note('Run 1.')
  for (let second = 0; second < 17; second += 1) observer.progress(sampleProgress(second + 0.98))
  observer.log('CP1', 'hello')
  expect(lines.map((line) => line.split('  ')[0])).toEqual([
    'Run 1.',
    '0:05 warm-up',
    '0:10 warm-up',
    '0:15 steady',
    'CP1: hello',
  ])
})
