import { expect, test } from 'vitest'
import { createAddressRule, isPublic } from './addresses.ts'

test('addresses of the public internet are public', () => {
  for (const address of [
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450:4010::1',
  ])
    expect(isPublic(address), address).toBe(true)
})

test('everything inside, special or hidden in another form is not', () => {
  const refused = [
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.0.192',
    '198.18.0.1',
    '203.0.113.5',
    '224.0.0.1',
    '239.255.255.250',
    '255.255.255.255',
    '168.63.129.16',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::a00:1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    '5f00::1',
    '',
    'localhost',
    '127.1',
    'example.org',
  ]
  for (const address of refused) expect(isPublic(address), address).toBe(false)
})

test('a list opens exactly its ranges', () => {
  const allows = createAddressRule(['10.1.0.0/16', 'fd00::/8', '127.0.0.2'])
  expect(['10.1.2.3', 'fd12::1', '127.0.0.2', '1.1.1.1'].map(allows)).toEqual([true, true, true, true])
  expect(['10.2.0.1', 'fe80::1', '127.0.0.1', 'nonsense'].map(allows)).toEqual([false, false, false, false])
})
