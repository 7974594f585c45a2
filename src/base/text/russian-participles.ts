/**
 * Forms of a verb from which a Russian participle (dictionary form, `ё` as `е`) may be made: делающий from делают, сделанный from
 * сделал, купленный from куплю. Empty when the word does not look like a participle.
 */
export function formsBehindParticiple(participle: string): string[] {
  const reflexive = participle.endsWith('ся')
  const bare = reflexive ? participle.slice(0, -2) : participle
  // Most adjectives end otherwise, and are told from participles by these letters.
  if (!'щшмнт'.includes(bare.charAt(bare.length - 3))) return []
  const forms: string[] = []
  for (const [ending, makes] of kinds) {
    if (!bare.endsWith(ending)) continue
    const stem = bare.slice(0, -ending.length)
    forms.push(...makes(stem))
  }
  if (!reflexive) return forms
  return forms.map((form) => form + (/[аеиоуыэюя]$/.test(form) ? 'сь' : 'ся'))
}

const kinds: [ending: string, forms: (stem: string) => string[]][] = [
  ['ущий', (stem) => [`${stem}ут`]],
  ['ющий', (stem) => [`${stem}ют`]],
  ['ащий', (stem) => [`${stem}ат`]],
  ['ящий', (stem) => [`${stem}ят`]],
  ['вший', (stem) => [`${stem}л`, `${stem}ть`]],
  [
    'дший',
    (stem) => [
      stem === '' || stem.endsWith('е') ? `${stem.slice(0, -1)}ел` : `${stem}л`,
      `${stem.slice(0, -1)}ла`,
      `${stem}л`,
    ],
  ],
  ['тший', (stem) => [`${stem}л`, `${stem.slice(0, -1)}ел`]],
  ['ший', (stem) => (/[аеиоуыэюяв]$/.test(stem) ? [] : [stem, `${stem}ла`])],
  ['емый', (stem) => [`${stem}ем`]],
  ['имый', (stem) => [`${stem}им`]],
  ['нный', (stem) => (/[аяе]$/.test(stem) ? [`${stem}л`, `${stem}ть`] : [])],
  ['енный', (stem) => [`${stem}у`, `${stem}ю`, `${stem}ет`, `${stem}ешь`, `${stem}ить`, `${stem}ти`]],
  ['жденный', (stem) => [`${stem}жу`, `${stem}дить`]],
  ['денный', (stem) => [`${stem}сти`, `${stem}йду`]],
  ['тый', (stem) => [`${stem}л`, stem, `${stem}ть`, `${stem}еть`]],
]
