import { irregular } from './irregular.ts'

/**
 * Stems of an Italian word in lower case by its inflection only: of a noun or adjective without its last vowel (`cas`), of a verb with
 * its conjugation (`lavor+are`), one for each that the ending allows. Derived words stay apart: comune, comunità, comunicazione.
 */
export function stemsOfItalian(word: string): string[] {
  const known = irregularItalian.stemsOf(word)
  if (known) return [...known]
  const stems = new Set<string>()
  const bare = word.replace(
    /(?<=[aei]r|ndo)(?:e?(?:mi|ti|si|ci|vi|lo|la|li|le|ne|gli)|(?:me|te|se|ce|ve|glie)(?:lo|la|li|le|ne))$/,
    (_, at: number) => (word[at - 1] === 'r' ? 'e' : ''),
  )
  for (const [ending, infinitive] of conjugations) {
    const stem = ending.test(bare) ? bare.replace(ending, '') : ''
    if (stem.length >= 2 && /[aeiou]/.test(stem)) stems.add(`${plain(stem)}+${infinitive}`)
  }
  if (!surelyVerb.test(bare)) stems.add(nominal(word))
  return stems.size > 0 ? [...stems] : [word]
}

const conjugations: [ending: RegExp, infinitive: string][] = [
  [
    /(?:are|ando|at[oaie]|av[oai]|avamo|avate|avano|ò|arono|asti|ammo|aste|ass[ei]|assero|assimo|iamo|iate|ano|ino|a)$/,
    'are',
  ],
  [/(?:er(?:ò|ai|à|emo|ete|anno|ei|esti|ebbe|emmo|este|ebbero))$/, 'are'],
  [/(?:ere|endo|ut[oaie]|ev[oai]|evamo|evate|evano|ono|ete|é|erono|ett[ei]|ettero|ess[ei]|essero)$/, 'ere'],
  [
    /(?:ire|it[oaie]|iv[oai]|ivamo|ivate|ivano|isc[oaie]|iscono|iscano|ite|ì|irono|ir(?:ò|ai|à|emo|ete|anno|ei|esti|ebbe|ebbero)|iss[ei]|issero)$/,
    'ire',
  ],
]

const surelyVerb =
  /(?:ando|endo|av[oai]|avamo|avano|arono|assero|iamo|evano|evamo|ivano|ivamo|irono|iscono|iscano|er(?:ò|ai|à|emo|anno|ebbe|ebbero)|ir(?:ò|ai|à|emo|anno|ebbe|ebbero))$/

// cerchiamo and cercare, paghi and pagare, mangi and mangiare.
function plain(stem: string): string {
  return stem.replace(/(?<=[cg])h$/, '').replace(/i$/, '')
}

function nominal(word: string): string {
  if (word.length < 4 || !/[aeio]$/.test(word)) return word
  const stem = word.slice(0, -1)
  if (/(?:ch|gh)$/.test(stem) && /[ei]$/.test(word)) return stem.slice(0, -1)
  return word.endsWith('o') || /[cg]i$/.test(stem) ? stem.replace(/i$/, '') : stem
}

/** Italian forms that no ending explains, with their stems. */
export const irregularItalian = irregular(`
essere: essere sono sei è siamo siete ero eri era eravamo eravate erano fui fosti fu fummo foste furono sarò sarai sarà saremo sarete saranno sarei saresti sarebbe sarebbero sia siano fossi fosse fossero stato stata stati state essendo esserci essersi
avere: avere ho hai ha abbiamo avete hanno avevo avevi aveva avevamo avevate avevano ebbi ebbe ebbero avrò avrai avrà avremo avrete avranno avrei avresti avrebbe avrebbero abbia abbiano avessi avesse avessero avuto avuta avuti avute avendo avente aventi averci averlo
fare: fare faccio fai fa facciamo fate fanno facevo faceva facevano feci fece fecero farò farai farà faremo faranno farei farebbe farebbero faccia facciano facesse facessero fatto fatta fatti fatte facendo farlo farne farsi farla farci far
andare: andare vado vai va andiamo andate vanno andrò andrà andranno andrebbe vada vadano andato andata andati andate andava andavano andando
stare: stare sto stai sta stiamo state stanno starò starà stia stiano stette stava stavano
dare: dare do dai dà diamo danno diede diedero darò darà daranno dia diano dato data dati date dava davano dando darsi
dire: dire dico dici dice diciamo dite dicono disse dissero dirò dirà dica dicano detto detta detti dette diceva dicevano dicendo dirlo
venire: venire vengo vieni viene veniamo venite vengono venne vennero verrò verrà verranno verrebbe venga vengano venuto venuta venuti venute veniva venivano venendo
potere: potere posso puoi può possiamo potete possono potei poté potrò potrà potranno potrebbe potrebbero possa possano potuto poteva potevano potendo
volere: volere voglio vuoi vuole vogliamo volete vogliono volle vollero vorrò vorrà vorrei vorrebbe vorrebbero voglia vogliano voluto voluta voleva volevano volendo
dovere: dovere devo devi deve dobbiamo dovete devono dovrò dovrà dovranno dovrei dovrebbe dovrebbero debba debbano debbono dovuto dovuta dovuti dovute doveva dovevano dovendo
sapere: sapere so sai sa sappiamo sapete sanno seppe seppero saprò saprà saprebbe sappia sappiano saputo saputa sapeva sapevano sapendo
vedere: vedere vedo vedi vede vediamo vedete vedono vidi vide videro vedrò vedrà vedranno vedrebbe veda vedano visto vista visti viste veduto veduta vedute veduti vedeva vedevano vedendo vedersi
tenere: tenere tengo tieni tiene teniamo tenete tengono tenne tennero terrò terrà tenga tengano tenuto tenuta tenuti tenute teneva tenevano tenendo
mettere: mettere metto metti mette mettiamo mettete mettono misi mise misero messo messa messi messe metteva mettendo
prendere: prendere prendo prendi prende prendiamo prendete prendono presi prese presero preso presa prendeva prendendo
chiedere: chiedere chiedo chiede chiedono chiese chiesero chiesto chiesta chiesti chieste chiedeva chiedendo
rimanere: rimanere rimango rimane rimangono rimase rimasero rimasto rimasta rimasti rimaste rimarrà
leggere: leggere leggo legge leggono lesse letto letta letti lette leggendo
scrivere: scrivere scrivo scrive scrivono scrisse scrissero scritto scritta scritti scritte scrivendo
nascere: nascere nasce nascono nacque nacquero nato nata nati nate
morire: morire muore muoiono morì morto morta morti morte
aprire: aprire apre aprono aprì aperto aperta aperti aperte
scegliere: scegliere scelgo sceglie scelgono scelse scelsero scelto scelta scelti scelte
uscire: uscire esco esce escono uscì uscito uscita usciti
porre: porre pone pongono pose posero posto posta posti poste ponendo
uomo: uomo uomini
`)
