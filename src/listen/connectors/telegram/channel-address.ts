/** The channel a person means: `@name`, `name`, `t.me/name`, `https://t.me/s/name/123`, `tg://resolve?domain=name`. */
export function readChannel(text: string): { kind: 'channel'; name: string } | { kind: 'private' } | { kind: 'none' } {
  const path = text
    .replace(/^tg:\/\/resolve\?(?:.*&)?domain=/i, '')
    .replace(/^(https?:\/\/)?(www\.)?(t|telegram)\.(me|dog)\//i, '')
    .replace(/^s\//, '')
    .replace(/^@/, '')
  // An invitation opens a door for whoever has it; what lies behind is not public.
  if (/^(\+|joinchat\/|c\/\d)/i.test(path)) return { kind: 'private' }
  const name = /^([a-z]\w{3,31})(?:[/?#&].*)?$/i.exec(path)?.[1]
  // Telegram does not tell capitals apart, so one channel is one source.
  return name === undefined ? { kind: 'none' } : { kind: 'channel', name: name.toLowerCase() }
}
