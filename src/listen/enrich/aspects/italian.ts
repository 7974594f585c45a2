import type { AspectTable } from './taxonomy.ts'

export const italian: AspectTable = {
  praise: [
    'buon*; ottim*; eccellent*; fantastic*; perfett*; bravi; bravissimi; adoro; amo; bellissim*; bello; bella; belli; belle; consigliat*; consiglio; gentil*; soddisfatt*; veloc*; comod*; impeccabil*; top; complimenti; meraviglios*; buonissim*; efficient*; miglior*; contento; contenta; grazie; affidabil*; economic*; cortes*',
  ],
  blame: [
    'pessim*; orribil*; orrend*; terribil*; vergogn*; scandalos*; truff*; delus*; inaccettabil*; ridicol*; scadent*; peggior*; peggio; odio; maleducat*; caro; cara; cari; care; lent*; inutil*; disastr*; sconsigli*; schif*; problem*; male; brutt*; rott*; guast*; merda; cazzo; lentissim*; bloccat*',
  ],
  negations: ['non', 'mai', 'senza', 'né', 'nessun', 'nessuna', 'niente', 'nulla', 'poco'],
  turns: ['ma', 'però', 'pero', 'invece', 'tuttavia', 'solo', 'peccato', 'purtroppo'],
  joins: ['e', 'ed', 'o', 'che', 'perché', 'perche', 'quindi', 'con', 'quando', 'come', 'se'],
  feelings: [
    'amo',
    'adoro',
    'odio',
    'contento',
    'contenta',
    'felice',
    'delus*',
    'piace',
    'piaciuto',
    'piaciuta',
    'accoglient*',
    'bell*',
  ],
  aspects: {
    price: {
      names: ['prezz*; costo; costi; tariff*; sconto; sconti; offert*'],
      good: ['economic*; conveniente; convenienti'],
      bad: ['caro; cara; cari; care; carissim*; costos*'],
    },
    quality: { names: ['qualità; prodott*; materiale di qualità'], bad: ['difettos*; rotto; rotta; scadent*'] },
    speed: {
      names: ['velocità; attes*; coda; code; tempi'],
      good: ['veloc*; rapid*; subito'],
      bad: ['lent*; lentissim*'],
    },
    delivery: { names: ['consegn*; spedizion*; corriere; pacco; pacchi; imballaggio'] },
    service: { names: ['servizio; servizi; esperienza'] },
    staff: {
      names: ['personale; commess*; camerier*; operatore; operatori; addett*; impiegat*; staff; medico; autista'],
      good: ['gentil*; cortes*; disponibil*'],
      bad: ['maleducat*; scortes*; arrogant*; incompetent*'],
    },
    support: { names: ['assistenza; supporto; call center; numero verde'], bad: ['nessuno … risponde'] },
    app: { names: ['app; applicazione; sito; aggiornament*; interfaccia'], bad: ['crasha; si blocca'] },
    connection: {
      names: ['connessione; rete; segnale; internet; fibra; wifi; wi-fi; copertura; adsl'],
      bad: ['non prende'],
    },
    payment: { names: ['pagament*; carta; carte; bonifico; bonifici; addebit*; conto'] },
    returns: { names: ['rimbors*; reso; resi; garanzia; sostituzione'] },
    choice: { names: ['scelta; assortimento; varietà; menu; menù'] },
    design: { names: ['design; estetica; colore; colori; stile'], good: ['elegant*'], bad: ['brutt*'] },
    atmosphere: {
      names: ['atmosfera; locale; musica; ambiente; pulizia'],
      good: ['accoglient*; pulit*'],
      bad: ['sporc*; rumoros*'],
    },
    comfort: { names: ['comodità; facilità'], good: ['comod*; facile; intuitiv*'], bad: ['scomod*; complicat*'] },
    taste: {
      names: ['cibo; piatt*; sapore; gusto; caffè; pizza; cucina; vino; dolce; dolci'],
      good: ['buonissim*; squisit*; delizios*; gustos*'],
      bad: ['immangiabil*; insipid*; freddo'],
    },
    honesty: {
      names: ['fiducia; trasparenza; serietà'],
      good: ['onest*; seri'],
      bad: ['truff*; ladr*; bugiard*; imbroglion*; inganno'],
    },
    place: { names: ['posizione; parcheggio; negozio; negozi; filiale; sede'] },
  },
}
