// The emulator in a process of its own. It is stopped and started by words, because it numbers its messages in memory.
const { createInterface } = require('node:readline')
const TelegramServer = require('telegram-test-api')

const server = new TelegramServer({ port: Number(process.argv[2]), host: '127.0.0.1', storeTimeout: 600 })
const words = { start: () => server.start(), stop: () => server.stop() }
const obey = async (word) => {
  await words[word]()
  console.log(`${word} done`)
}
createInterface({ input: process.stdin }).on('line', (word) => void obey(word))
