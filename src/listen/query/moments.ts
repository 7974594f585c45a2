import { fromWall, toWall } from '../../base/time/zone.ts'

/** The first moment of a year, a month, a day or a minute of a time zone. */
export function begin(text: string, timeZone: string): number {
  return fromWall(wall(text).getTime(), timeZone)
}

/** The first moment after it. */
export function end(text: string, timeZone: string): number {
  const moment = wall(text)
  const parts = text.split(/[-T:]/).length
  if (parts === 1) moment.setUTCFullYear(moment.getUTCFullYear() + 1)
  else if (parts === 2) moment.setUTCMonth(moment.getUTCMonth() + 1)
  else if (parts === 3) moment.setUTCDate(moment.getUTCDate() + 1)
  else moment.setUTCMinutes(moment.getUTCMinutes() + 1)
  return fromWall(moment.getTime(), timeZone)
}

/** Day of the week and hour of a moment, as clocks of the zone show it. */
export function clockTime(moment: Date, timeZone: string): { weekday: string; hour: number } {
  const shown = new Date(toWall(moment.getTime(), timeZone))
  return { weekday: weekdays[shown.getUTCDay()]!, hour: shown.getUTCHours() }
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

function wall(text: string): Date {
  const [year, month = '01', day = '01', hour = '00', minute = '00'] = text.split(/[-T:]/)
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:00Z`)
}
