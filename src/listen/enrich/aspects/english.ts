import type { AspectTable } from './taxonomy.ts'

export const english: AspectTable = {
  praise: [
    'good; great; excellent; amazing; awesome; fantastic; wonderful; perfect*; delicious; tasty; friendly; attentive; helpful; nice; love*; loved; best; beautiful*; impress*; comfortable; easy; fast; quick; fresh; superb; outstanding; fabulous; incredible; recommend*; enjoy*; pleased; pleasant; happy; satisf*; reasonable; affordable; worth; solid; terrific; charming; lovely; cozy; bright; crisp; sharp; smooth; quiet; reliable; stylish; sleek; decent; cool; favorite; favourite; authentic; generous; polite; prompt; courteous; knowledgeable; gorgeous; brilliant; yummy; flavorful; cheap; inexpensive; lightweight; vibrant; responsive; exceptional; superior; unique; fun; fine; glad; thank*; top; clean; clear; better; phenomenal; divine; exquisite',
  ],
  blame: [
    'bad; terrible; awful; horrible; poor*; worst; worse; rude; slow; bland; mediocre; disappoint*; overpriced; expensive; dirty; cold; noisy; loud; cramped; tasteless; stale; greasy; dry; overcooked; undercooked; salty; soggy; broke*; broken; defective; cheaply; flimsy; useless; annoy*; frustrat*; hate*; hated; problem*; issue*; fail*; crash*; freez*; dead; died; unfortunately; lousy; dim; blurry; uncomfortable; difficult; ridiculous; unacceptable; disgust*; gross; pathetic; inedible; lack*; lacking; waste; refund; return*; regret; avoid; junk; crap; garbage; trash; sucks; suck; horrendous; unprofessional; inattentive; ignored; forgot; wrong; missing; scratch*; damaged; cracked; weak; tiny; heavy; bulky; hard; hot; overheat*; complain*; unhappy; dissatisfied; ugly; outdated; fades; faded; shrunk; tight; lag*; glitch*; faulty; late; delay*; unhelpful; burnt; flavorless; nothing; sadly; mistake; boring; plain; limited; costly; pricey; unreliable',
  ],
  negations: [
    'not',
    'no',
    'never',
    "don't",
    "didn't",
    "doesn't",
    "isn't",
    "wasn't",
    "aren't",
    "weren't",
    "won't",
    "can't",
    "couldn't",
    "wouldn't",
    "shouldn't",
    "haven't",
    "hasn't",
    'without',
    'dont',
    'didnt',
    'doesnt',
    'isnt',
    'wasnt',
    'cant',
    'wont',
    "ain't",
    'hardly',
    'barely',
    'nothing',
    'lack*',
    'neither',
    'nor',
    'few',
    'less',
    'cannot',
    'none',
    'nt',
  ],
  turns: ['but', 'however', 'although', 'though', 'while', 'yet', 'except', 'despite', 'whereas', 'unfortunately'],
  joins: [
    'and',
    'or',
    'with',
    'because',
    'so',
    'which',
    'who',
    'that',
    'as',
    'since',
    'when',
    'also',
    'plus',
    'if',
    'even',
    'why',
    'where',
    'how',
    'what',
  ],
  feelings: [
    'love',
    'loved',
    'loving',
    'hate',
    'hated',
    'enjoy*',
    'happy',
    'fun',
    'beautiful*',
    'gorgeous',
    'annoy*',
    'frustrat*',
    'delight*',
    'disappoint*',
    'thrilled',
    'excited',
    'adore*',
    'cozy',
    'cute',
    'lovely',
    'pleasant',
    'charming',
    'angry',
    'romantic',
    'rude',
    'ashamed',
    'proud',
  ],
  aspects: {
    price: {
      names: [
        'price; prices; priced; pricing; cost; costs; bill; bucks; dollars; discount*; deal; deals; value; money; budget; fee; fees; rate; rates; pricey',
      ],
      good: [
        'cheap; cheaper; cheapest; inexpensive; affordable; bargain; reasonable; reasonably; economical; free',
        'good|great value|deal',
        'worth … money|price|penny|it',
      ],
      bad: [
        'expensive; overpriced; pricey; costly; steep; rip-off; ripoff; extortion*; overcharge*',
        'too much',
        'waste of money',
        'not worth',
      ],
    },
    terms: {
      names: [
        'contract; policy; policies; conditions; subscription; membership; plan; plans; offer; offers; insurance; interest',
      ],
    },
    quality: {
      names: [
        'quality; build; built; construction; durability; durable; reliability; hardware; product; item; craftsmanship',
      ],
      good: ['durable; sturdy; solid; reliable; well-made; well made; high-quality'],
      bad: [
        'defective; broken; flimsy; broke; cheaply made; shoddy; faulty; unreliable; cracked; fell apart; died; lemon; expired; crap; junk',
      ],
    },
    performance: {
      names: [
        'performance; processor; cpu; ram; graphics; gpu; memory; software; os; windows; system; features; feature; functions; function; storage; drive; works; working; hard drive; operating; chrome; programs; games; gaming',
      ],
      good: ['works|worked|runs|running … great|well|perfectly|fine|flawlessly|smoothly', 'powerful'],
      bad: [
        'crash*; freez*; froze; glitch*; buggy; bugs; lag; laggy; overheat*; error*',
        "doesn't|does not|won't|didn't|stopped … work|working|turn|boot|start",
        'blue screen',
      ],
    },
    speed: {
      names: ['speed; wait; waiting; line; lines; minutes; hours; hold; queue; delay*'],
      good: ['fast; quick; quickly; speedy; prompt; promptly; faster; snappy; instant*'],
      bad: ['slow; slowly; slower; sluggish; delayed; delay; delays; late; forever'],
    },
    delivery: {
      names: [
        'delivery; deliver; delivered; delivers; shipping; shipped; ship; shipment; package; packaging; parcel; courier; arrived; arrive; pickup; fedex; ups',
        'packed|packing',
      ],
    },
    service: { names: ['service; services; serviced; hospitality; experience; served; treatment'] },
    staff: {
      names: [
        'staff; waiter*; waitress*; server; servers; bartender*; manager*; host; hostess; employee*; crew; agent; agents; rep; reps; chef; owner; owners; people; guy; driver; attendant*; salesman; sales; clerk*; personnel; maitre; sommelier; busboy; management',
      ],
      good: ['friendly; attentive; polite; courteous; helpful; welcoming; gracious; knowledgeable; accommodating'],
      bad: [
        'rude; unfriendly; condescending; inattentive; unprofessional; impolite; incompetent; clueless; arrogant; snobby; unhelpful; snotty',
      ],
    },
    support: {
      names: [
        'support; helpline; hotline; customer care; tech support; call center; live chat; customer service; phone support; technician*',
      ],
    },
    app: { names: ['app; apps; website; site; web; interface; update; updates; online; login; ui; page'] },
    connection: {
      names: [
        'wifi; wi-fi; internet; network; signal; reception; coverage; bluetooth; connection; connectivity; wireless; usb; ethernet; hdmi; port; ports; broadband; data',
      ],
    },
    payment: {
      names: [
        'payment; payments; card; cards; atm; transaction*; charged; checkout; account; transfer; transfers; billing; billed',
      ],
    },
    returns: {
      names: [
        'refund*; return; returns; returned; warranty; replacement; exchange; repair; repaired; repairs; replace; replaced',
      ],
    },
    choice: {
      names: [
        'selection; variety; choice; choices; range; menu; menus; wine list; options; option; assortment; stock; specials; list',
      ],
      good: ['plenty of', 'wide|great|huge|extensive … selection|variety|choice|range'],
      bad: ['limited', 'out of stock'],
    },
    safety: {
      names: ['safety; security; secure; privacy; fraud; breach; hacked; password*; virus*'],
      bad: ['unsafe; hacked; breach; fraud; insecure; dangerous'],
      good: ['safe|secure'],
    },
    honesty: {
      names: ['honesty|trust|reputation|integrity'],
      good: ['honest|trustworthy'],
      bad: [
        'scam*; liar*; lied; lie; lies; fraud; dishonest; mislead*; deceiv*; cheat*; shady; false advertising; thieves',
      ],
    },
    design: {
      names: [
        'design; designed; looks; look; looking; style; color; colors; colour; colours; appearance; decor; decoration*; style; styling; logo; aesthetic*; finish; print',
      ],
      good: ['beautiful*; stylish; sleek; gorgeous; elegant; attractive; pretty; cute; slick; handsome'],
      bad: ['ugly; hideous; tacky; dated; outdated'],
    },
    atmosphere: {
      names: [
        'atmosphere; ambience; ambiance; vibe; vibes; music; crowd; mood; lighting; interior; setting; room; space; noise; view; environment; dining room',
      ],
      good: ['cozy; romantic; cosy; relaxing; clean; spacious; quiet'],
      bad: ['noisy; loud; crowded; cramped; dirty; filthy; smelly; dingy; packed'],
    },
    comfort: {
      names: [
        'comfort; usability; setup; ease; seat; seats; seating; chair*; table; tables; fit; fits; fitting; handling',
      ],
      good: ['comfortable; comfy; convenient; easy; intuitive; user-friendly; user friendly; simple'],
      bad: ['uncomfortable; inconvenient; awkward; difficult; confusing; complicated; hard to; cumbersome; tight'],
    },
    taste: {
      names: [
        'food; dish; dishes; meal; meals; taste; tastes; tasted; flavor*; flavour*; coffee; pizza; sushi; burger*; dessert*; drink; drinks; wine; beer; chicken; steak; fish; salad*; soup*; bread; pasta; sauce*; appetizer*; portions; portion; cuisine; lunch; dinner; breakfast; brunch; cocktail*; cheese; rice; noodle*; fries; shrimp; lamb; beef; pork; rolls; roll; entree*; ingredient*; cooked; sandwich*; tea; margarita*; curry; meat; seafood; lobster; duck; tuna; salmon; cake; chocolate; dumpling*; donut*; drink*',
      ],
      good: ['delicious; tasty; yummy; flavorful; mouthwatering; scrumptious; succulent'],
      bad: ['bland; tasteless; stale; greasy; overcooked; undercooked; flavorless; inedible; soggy; cold food; salty'],
    },
    place: {
      names: [
        'location; located; parking; store; stores; branch; neighborhood; address; opening hours; airport; hotel; place; spot; restaurant; bar; shop',
      ],
    },
    size: {
      names: ['size; sizes; sized; weight; weighs; thin; thickness; heavy; small; large; big; bigger; smaller; length'],
      good: ['lightweight; portable; light; compact; slim'],
      bad: ['bulky|heavy|tiny'],
    },
    material: {
      names: [
        'material; materials; fabric; cotton; cloth; leather; plastic; metal; stitching; stitches; aluminum; wash; washing; washed; shrink*; texture',
      ],
    },
    screen: {
      names: [
        'screen; screens; display; resolution; picture; brightness; pixels; pixel; touchscreen; hd; image; panel; monitor; 4k; contrast; backlight',
      ],
    },
    sound: { names: ['sound; sounds; audio; speaker; speakers; volume; headphones; mic; microphone; bass; surround'] },
    battery: { names: ['battery; batteries; charge; charger; charging; charges; power; plug; adapter'] },
    camera: { names: ['camera; webcam; photo; photos; pictures; video quality; cameras'] },
    keyboard: {
      names: ['keyboard; keys; trackpad; touchpad; mouse; key; typing; backlit; keypad; remote; button; buttons'],
    },
    advertising: { names: ['ad; ads; advert*; commercial; commercials; marketing; spam; campaign'] },
  },
}
