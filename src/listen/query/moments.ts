/** The first moment of a year, a month, a day or a minute, in UTC. */
export function begin(text: string): number {
  const [year, month = '01', day = '01', hour = '00', minute = '00'] = text.split(/[-T:]/)
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`)
}

/** The first moment after it. */
export function end(text: string): number {
  const moment = new Date(begin(text))
  const parts = text.split(/[-T:]/).length
  if (parts === 1) moment.setUTCFullYear(moment.getUTCFullYear() + 1)
  else if (parts === 2) moment.setUTCMonth(moment.getUTCMonth() + 1)
  else if (parts === 3) moment.setUTCDate(moment.getUTCDate() + 1)
  else moment.setUTCMinutes(moment.getUTCMinutes() + 1)
  return moment.getTime()
}
