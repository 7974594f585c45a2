import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPlausible, parseExcelSerial, parseMoment } from './dates.ts'

const moscow = { timeZone: 'Europe/Moscow' }

test.each([
  ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00.000Z'],
  ['2026-11-22T10:00:00.123456+03:00', '2026-11-22T07:00:00.123Z'],
  ['2026-11-22 10:00', '2026-11-22T07:00:00.000Z'],
  ['2026-11-22', '2026-11-21T21:00:00.000Z'],
  ['2026/11/22 10:00:05', '2026-11-22T07:00:05.000Z'],
  ['20261122T100000Z', '2026-11-22T10:00:00.000Z'],
  ['Sun, 22 Nov 2026 10:00:00 GMT', '2026-11-22T10:00:00.000Z'],
  ['Sun, 22 Nov 2026 10:00:00 +0300', '2026-11-22T07:00:00.000Z'],
  ['22 Nov 26 10:00 EST', '2026-11-22T15:00:00.000Z'],
  ['Sunday, 22-Nov-26 10:00:00 MSK', '2026-11-22T07:00:00.000Z'],
  ['Вс, 22 ноя 2026 10:00:00 +0300', '2026-11-22T07:00:00.000Z'],
  ['22.11.2026 10:00', '2026-11-22T07:00:00.000Z'],
  ['22.11.2026, 10:00:01', '2026-11-22T07:00:01.000Z'],
  ['22.11.26', '2026-11-21T21:00:00.000Z'],
  ['5/11/2026 9:05', '2026-11-05T06:05:00.000Z'],
  ['11/22/2026 9:05 PM', '2026-11-22T18:05:00.000Z'],
  ['22 ноября 2026 г. в 10:00', '2026-11-22T07:00:00.000Z'],
  ['22 мая 2026', '2026-05-21T21:00:00.000Z'],
  ['Nov 22, 2026 10:00 AM', '2026-11-22T07:00:00.000Z'],
  ['1795348800', '2026-11-22T12:00:00.000Z'],
  ['1795348800000', '2026-11-22T12:00:00.000Z'],
  ['2026-11-22T24:00:00Z', '2026-11-23T00:00:00.000Z'],
])('%s is %s', (text, iso) => {
  expect(parseMoment(text, moscow)?.toISOString()).toBe(iso)
})

test.each([
  '',
  'вчера',
  '31.02.2026',
  '2026-13-01',
  '2026-11-22 25:00',
  '22',
  '0',
  '12:30',
  '2026-11-22T10:00 XYZ',
  '99999999999999999999',
  'Nov',
  '22.11.2026'.repeat(20),
  '2026-11-22 +99:00',
  '1e9',
])('%j is no moment', (text) => {
  expect(parseMoment(text, moscow)).toBeNull()
})

test('summer time of the zone is minded', () => {
  const berlin = { timeZone: 'Europe/Berlin' }
  expect(parseMoment('01.07.2026 12:00', berlin)?.toISOString()).toBe('2026-07-01T10:00:00.000Z')
  expect(parseMoment('01.12.2026 12:00', berlin)?.toISOString()).toBe('2026-12-01T11:00:00.000Z')
  expect(parseMoment('29.03.2026 01:59', berlin)?.toISOString()).toBe('2026-03-29T00:59:00.000Z')
  expect(parseMoment('29.03.2026 03:00', berlin)?.toISOString()).toBe('2026-03-29T01:00:00.000Z')
})

test('spreadsheet days are wall time, from 1900 or 1904', () => {
  expect(parseExcelSerial(46348.5, { timeZone: 'UTC' })?.toISOString()).toBe('2026-11-22T12:00:00.000Z')
  expect(parseExcelSerial(46348.5, moscow)?.toISOString()).toBe('2026-11-22T09:00:00.000Z')
  expect(parseExcelSerial(44886.5, { timeZone: 'UTC', from1904: true })?.toISOString()).toBe('2026-11-22T12:00:00.000Z')
  for (const serial of [0, -1, 1_795_348_800, Number.NaN]) expect(parseExcelSerial(serial, moscow)).toBeNull()
})

test('every moment written in ISO comes back', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      (date) => parseMoment(date.toISOString(), moscow)?.getTime() === date.getTime(),
    ),
  )
})

test('any text is a moment or none, quickly', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d .:/T+-]{0,60}$/)), (text) => {
      const moment = parseMoment(text, moscow)
      return moment === null || !Number.isNaN(moment.getTime())
    }),
  )
})

test('1970 and 2099 say nothing', () => {
  const now = new Date('2026-11-22T12:00:00Z')
  expect(isPlausible(new Date(0), now)).toBe(false)
  expect(isPlausible(new Date('2099-01-01'), now)).toBe(false)
  expect(isPlausible(new Date('2026-11-23T06:00:00Z'), now)).toBe(true)
})
