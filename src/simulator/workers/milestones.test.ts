import { describe, expect, test } from 'vitest'
import { Milestones } from './milestones.ts'

function setUp() {
  const told: string[] = []
  return { milestones: new Milestones((milestone) => told.push(milestone)), told }
}

describe('Milestones', () => {
  test('each is told once', () => {
    const { milestones, told } = setUp()
    milestones.reach('attempted')
    milestones.reach('accepted')
    milestones.reach('attempted')
    expect(told).toEqual(['attempted', 'accepted'])
  })

  test('a worker has ramped when all are launched and none of them still rises', () => {
    const { milestones, told } = setUp()
    milestones.rises(1)
    milestones.rises(3)
    milestones.risen(1)
    milestones.everybodyLaunched()
    expect(told).toEqual([])
    milestones.risen(3)
    expect(told).toEqual(['ramped'])
    milestones.rises(5)
    milestones.risen(5)
    expect(told).toEqual(['ramped'])
  })

  test('a worker without stations to launch has ramped', () => {
    const { milestones, told } = setUp()
    milestones.everybodyLaunched()
    expect(told).toEqual(['ramped'])
  })
})
