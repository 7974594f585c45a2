import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { freePort } from '../free-port.ts'

const dovecot = '/usr/sbin/dovecot'
/** Why tests against mail servers cannot run here; null when they can. */
export const withoutMail =
  existsSync(dovecot) && existsSync('/usr/lib/dovecot/lmtp')
    ? null
    : 'no mail server: apt-get install dovecot-imapd dovecot-lmtpd'

export const password = 'a-password-of-the-test'

export type MailServers = AsyncDisposable & {
  imap: number
  smtp: number
  /** Puts a message into the mailbox of help@bank.test as it is. */
  deliver(raw: string, to?: string): Promise<void>
  /** What came in over SMTP: for whom, and the message. */
  accepted: { to: string[]; raw: string }[]
  /** What the SMTP server does with the next messages: takes them, or breaks the connection before or after it has. */
  behaviour: ('break-off' | 'break-off-after' | 'busy' | 'no-such-person')[]
  start(): Promise<void>
  stop(): Promise<void>
  /** The same for the server that takes mail. */
  startSmtp(): Promise<void>
  stopSmtp(): Promise<void>
}

/** Dovecot with the mailboxes of help@bank.test and ivan@mail.test, and an SMTP server that delivers to it by LMTP. */
export async function startMail(): Promise<MailServers> {
  const dir = await mkdtemp(join(tmpdir(), 'heed-mail-'))
  chmodSync(dir, 0o755)
  const [imap, lmtp] = [await freePort(), await freePort()]
  await mkdir(join(dir, 'mail'))
  // Dovecot writes there as another user.
  chmodSync(join(dir, 'mail'), 0o777)
  const config = join(dir, 'dovecot.conf')
  await writeFile(config, dovecotConfig(dir, imap, lmtp))
  let server: ChildProcess | null = null

  const start = async () => {
    server = spawn(dovecot, ['-F', '-c', config], { stdio: ['ignore', 'ignore', 'inherit'] })
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await answers(imap)) && (await answers(lmtp))) return
      await sleep(50)
    }
    throw new Error('Dovecot did not start')
  }
  const stop = async () => {
    if (server === null || server.exitCode !== null || server.signalCode !== null) return
    server.kill('SIGTERM')
    await once(server, 'exit')
  }
  await start()

  const byLmtp = async (raw: string | Buffer, to: string[]) => {
    const transport = createTransport({ host: '127.0.0.1', port: lmtp, lmtp: true, tls: { rejectUnauthorized: false } })
    await transport.sendMail({ envelope: { from: 'relay@mail.test', to }, raw })
    transport.close()
  }
  const accepted: MailServers['accepted'] = []
  const behaviour: MailServers['behaviour'] = []
  const createSmtp = () =>
    new SMTPServer({
      authOptional: false,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth: (auth, _session, done) =>
        auth.password === password ? done(null, { user: auth.username ?? '' }) : done(new Error('Invalid login')),
      onData: (stream, session, done) => {
        const how = behaviour.shift()
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const raw = Buffer.concat(chunks)
          const to = session.envelope.rcptTo.map(({ address }) => address)
          const answer = async () => {
            if (how === 'busy') return done(Object.assign(new Error('Try again later'), { responseCode: 451 }))
            if (how === 'no-such-person') return done(Object.assign(new Error('No such person'), { responseCode: 550 }))
            if (how === 'break-off') return cut()
            accepted.push({ to, raw: raw.toString() })
            await byLmtp(raw, to)
            if (how === 'break-off-after') return cut()
            done()
          }
          void answer()
        })
      },
    })
  let smtp = createSmtp()
  const cut = () => {
    for (const connection of (smtp as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections)
      connection._socket.destroy()
  }
  const smtpPort = await freePort()
  const startSmtp = async () => {
    smtp = createSmtp()
    smtp.on('error', () => {})
    await once(smtp.listen(smtpPort, '127.0.0.1'), 'listening')
  }
  const stopSmtp = () => {
    cut()
    return new Promise<void>((done) => smtp.close(done))
  }
  await startSmtp()
  return {
    imap,
    smtp: smtpPort,
    startSmtp,
    stopSmtp,
    accepted,
    behaviour,
    start,
    stop,
    deliver: (raw, to = 'help@bank.test') => byLmtp(raw.replace(/\r?\n/g, '\r\n'), [to]),
    [Symbol.asyncDispose]: async () => {
      await stopSmtp()
      await stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

function dovecotConfig(dir: string, imap: number, lmtp: number): string {
  const root = userInfo().uid === 0
  // Dovecot keeps mail of root to itself, so a user of its own holds it there.
  const owner = root ? 'mail' : userInfo().username
  const account = `uid=${owner} gid=${root ? 'mail' : userInfo().gid} home=${dir}/mail/%u`
  return `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = ${root ? 'dovecot' : owner}
default_login_user = ${root ? 'dovenull' : owner}
mail_location = maildir:${dir}/mail/%u
mail_privileged_group = mail
first_valid_uid = 1
auth_username_format = %Lu
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = ${account} allow_all_users=yes
}
service imap-login {
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtp}
  }
}
protocol lmtp {
  postmaster_address = postmaster@mail.test
}
`
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => (socket.destroy(), resolve(true)))
    socket.once('error', () => resolve(false))
    socket.setTimeout(500, () => (socket.destroy(), resolve(false)))
  })
}
