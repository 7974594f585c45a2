import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../free-port.ts'

const php = '/usr/bin/php'
const wordpress = '/usr/share/wordpress'
const mariadb = '/usr/sbin/mariadbd'
/** Why tests against a WordPress cannot run here; null when they can. */
export const withoutWordPress = [php, wordpress, mariadb].every((path) => existsSync(path))
  ? null
  : 'no WordPress: apt-get install wordpress php-cli mariadb-server-core'

export type WordPressServer = AsyncDisposable & {
  base: string
  /** Passwords for programs: of anna, who runs the site, of boris, who moderates its comments, and of vera, who may read. */
  password: { anna: string; boris: string; vera: string }
  start(): Promise<void>
  /** Ends site and database as a crash would. */
  kill(): Promise<void>
  /** Asks its API as anna; throws unless it is answered with success. */
  asAnna<T>(method: string, path: string, body?: object): Promise<T>
  /** What a visitor sends who fills in the form under an article. */
  comment(post: number, name: string, text: string): Promise<void>
}

/** A site of its own on loopback, with a database of its own. */
export async function startWordPress(): Promise<WordPressServer> {
  const dir = await mkdtemp(join(tmpdir(), 'heed-wordpress-'))
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const site = join(dir, 'site')
  const socket = join(dir, 'db.sock')
  await cp(wordpress, site, { recursive: true, verbatimSymlinks: true })
  await rm(join(site, 'wp-config.php'), { force: true })
  await writeFile(join(site, 'wp-config.php'), configOf(base, socket))
  await writeFile(join(dir, 'router.php'), router)
  // All visitors of a test come from one address, which WordPress would ask to slow down.
  await mkdir(join(site, 'wp-content/mu-plugins'), { recursive: true })
  const hurry = "<?php add_filter('wp_is_comment_flood', '__return_false', 99);\n"
  await writeFile(join(site, 'wp-content/mu-plugins/hurry.php'), hurry)
  const processes: ChildProcess[] = []

  const startDatabase = async () => {
    const data = ['--no-defaults', '--user=root', `--datadir=${join(dir, 'db')}`, `--socket=${socket}`]
    processes.push(spawn(mariadb, [...data, '--skip-networking', '--innodb-buffer-pool-size=16M'], { stdio: 'ignore' }))
    await waitFor(() => existsSync(socket), 'MariaDB')
  }
  const start = async () => {
    await startDatabase()
    const env = { ...process.env, PHP_CLI_SERVER_WORKERS: '3' }
    const served = ['-S', `127.0.0.1:${port}`, '-t', site, join(dir, 'router.php')]
    processes.push(spawn(php, served, { env, stdio: 'ignore', detached: true }))
    await waitFor(async () => (await fetch(`${base}/?rest_route=/`).catch(() => null))?.ok === true, 'WordPress')
  }
  const kill = async () => {
    for (const one of processes.splice(0)) await killed(one)
    await rm(socket, { force: true })
  }

  await mkdir(join(dir, 'db'))
  await promisify(execFile)('mariadb-install-db', [
    ...['--no-defaults', '--user=root', `--datadir=${join(dir, 'db')}`],
    ...['--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'],
  ])
  await startDatabase()
  await writeFile(join(dir, 'install.php'), installer(site, socket))
  const { stdout } = await promisify(execFile)(php, [join(dir, 'install.php')])
  const password = JSON.parse(stdout.slice(stdout.indexOf('{'))) as WordPressServer['password']
  await kill()
  await start()
  const authorization = `Basic ${Buffer.from(`anna:${password.anna}`).toString('base64')}`
  return {
    base,
    password,
    start,
    kill,
    async asAnna(method, path, body) {
      const answer = await fetch(`${base}/?rest_route=/wp/v2/${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as never
    },
    async comment(post, name, text) {
      const fields = { comment_post_ID: String(post), author: name, email: `${post}@mail.test`, comment: text }
      const body = new URLSearchParams({ ...fields, comment_parent: '0' })
      const answer = await fetch(`${base}/wp-comments-post.php`, { method: 'POST', body, redirect: 'manual' })
      if (answer.status !== 302) throw new Error(`WordPress did not take the comment: ${answer.status}`)
    },
    [Symbol.asyncDispose]: async () => {
      await kill()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

function configOf(base: string, socket: string): string {
  const defines = {
    ...{
      DB_NAME: 'wordpress',
      DB_USER: 'root',
      DB_PASSWORD: '',
      DB_HOST: `localhost:${socket}`,
      DB_CHARSET: 'utf8mb4',
    },
    ...{ WP_HOME: base, WP_SITEURL: base, WP_ENVIRONMENT_TYPE: 'local' },
    // Nothing outside this machine is asked, and nothing happens that the test did not do.
    ...{ WP_HTTP_BLOCK_EXTERNAL: true, DISABLE_WP_CRON: true, AUTOMATIC_UPDATER_DISABLED: true },
    ...Object.fromEntries(
      ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].map((key) => [`${key}_KEY`, `${key} of the test`]),
    ),
  }
  const lines = Object.entries(defines).map(([name, value]) => `define('${name}', ${JSON.stringify(value)});`)
  return `<?php\n${lines.join('\n')}\n$table_prefix = 'wp_';\nif (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');\nrequire_once ABSPATH . 'wp-settings.php';\n`
}

const router = `<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file($_SERVER['DOCUMENT_ROOT'] . $path)) return false;
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
`

function installer(site: string, socket: string): string {
  return `<?php
(new mysqli('localhost', 'root', '', '', 0, '${socket}'))->query('create database wordpress');
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
require '${site}/wp-load.php';
require '${site}/wp-admin/includes/upgrade.php';
wp_install('Блог «Филин»', 'anna', 'anna@bank.test', false, '', 'a-password-of-the-test');
update_option('permalink_structure', '/%year%/%postname%/');
$passwords = [];
foreach (['anna' => null, 'boris' => 'editor', 'vera' => 'subscriber'] as $name => $role) {
  $id = $role === null ? 1 : wp_insert_user(['user_login' => $name, 'user_pass' => 'a-password-of-the-test',
    'user_email' => "$name@bank.test", 'display_name' => 'Банк «Филин»', 'role' => $role]);
  $passwords[$name] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'Heed'])[0];
}
echo json_encode($passwords);
`
}

async function killed(one: ChildProcess): Promise<void> {
  if (one.exitCode !== null || one.signalCode !== null || one.pid === undefined) return
  const ended = once(one, 'exit')
  // PHP serves with several processes, which are a group of their own.
  if (one.spawnfile === php) process.kill(-one.pid, 'SIGKILL')
  else one.kill('SIGKILL')
  await ended
}

async function waitFor(isThere: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (await isThere()) return
    await sleep(100)
  }
  throw new Error(`${what} did not start`)
}
