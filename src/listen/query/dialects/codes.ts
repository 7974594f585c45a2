/** The two-letter code of a language written as a code of two or three letters or as a name; null when it is none. */
export function languageCode(text: string): string | null {
  const typed = text.trim().toLowerCase()
  const named = languages().get(typed)
  const [first = ''] = typed.split(/[-_]/)
  if (named !== undefined || !/^[a-z]{2,3}$/.test(first)) return named ?? null
  const { language } = new Intl.Locale(first)
  return isLanguage(language) ? language : null
}

/** The two-letter code of a country written as a code of two or three letters or as a name; null when it is none. */
export function countryCode(text: string): string | null {
  const typed = text.trim().toUpperCase()
  return countries().get(typed === 'UK' ? 'GB' : typed) ?? null
}

let languageNames: Map<string, string> | null = null
let countryNames: Map<string, string> | null = null

/** Names in English and Russian, in small letters, and the code of each. */
function languages(): Map<string, string> {
  if (languageNames) return languageNames
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const codes = letters.flatMap((first) => letters.map((second) => first + second)).filter(isLanguage)
  return (languageNames = new Map(named('language', codes).map(([name, code]) => [name.toLowerCase(), code])))
}

/** Codes of two and three letters and names in English and Russian, in capitals, and the code of each. */
function countries(): Map<string, string> {
  if (countryNames) return countryNames
  const codes = iso3166.match(/\w{5}/g)!.map((pair) => [pair.slice(0, 2), pair.slice(2)] as const)
  return (countryNames = new Map([
    ...named(
      'region',
      codes.map(([two]) => two),
    ).map(([name, code]) => [name.toUpperCase(), code] as const),
    ...codes.flatMap(([two, three]) => [[two, two] as const, [three, two] as const]),
  ]))
}

function named(type: 'language' | 'region', codes: string[]): [string, string][] {
  return ['en', 'ru'].flatMap((locale) => {
    const speak = new Intl.DisplayNames(locale, { type })
    return codes.map((code): [string, string] => [speak.of(code)!, code])
  })
}

const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

function isLanguage(code: string): boolean {
  return english.of(code) !== undefined
}

// ISO 3166-1: two letters, then three. Nothing in the runtime knows the codes of three letters.
const iso3166 = `
ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL
BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD
CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA
DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF
GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN
IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA
KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE
MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM
NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN
SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL
TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR
VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE`
