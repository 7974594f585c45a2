/**
 * Words by which people blame and praise service, things and people, with those of news (fines, losses, records), and words
 * that turn the next ones round. Written down from what speakers know, not taken from the labelled sets or any other list.
 * Forms of one word are one; those that the analyser tells apart stand here each. Words that are rude stand here because
 * people write them. `harm` and `gain` are what news tell of companies without a word of feeling; a word may be of both kinds.
 */
export const toneWords: {
  [lang: string]: {
    blame: string
    praise: string
    not: string
    harm?: string
    gain?: string
    need?: string
    works?: string
  }
} = {
  ar: {
    blame: `
    سيء سيئ سيئة أسوأ سوء قبيح كره أكره اكره حزن حزين حزينة بكاء ابكي دموع ألم وجع خوف خايف مشكلة مشاكل خطأ غلط فشل
    فاشل فاشلة كذب كذاب كاذب خيانة خائن خاين سرقة حرامي لص فساد فاسد ظلم ظالم قتل قاتل قتلوا موت مات حرب دمار تفجير
    ارهاب إرهاب ارهابي جريمة مجرم مجرمين غبي حمار كلب كلاب حقير حيوان قذر وسخ عيب عار للاسف للأسف مصيبة كارثة ازمة
    أزمة زفت تعب تعبان ملل ممل غضب غاضب قرف خسارة خسر هزيمة ضعيف لعنة سخيف تافه مرض مريض ضحايا اعتقال سجن
    `,
    praise: `
    جيد جيدة جميل جميلة اجمل أجمل جمال رائع رائعة ممتاز ممتازة حلو حلوة احلى حب أحب احب بحبك احبك حبيبي حبيبتي شكرا
    مشكور سعيد سعيدة سعادة فرح فرحة فرحان مبروك مبارك تهنئة نجاح ناجح فوز فاز بطل ابطال فخر فخور خير الخير أفضل افضل
    احسن أحسن عظيم عظيمة مبدع ابداع ابتسامة ضحك مضحك أمل امل سلام جنة نعمة بركة رحمة راقي كفو تحية تحياتي محترم صادق
    شجاع عبقري متعة ممتع لذيذ يسعد اسعد
    `,
    not: 'لا ما ليس مش لم لن بدون',
  },
  de: {
    blame: `
    schlecht schlechte schlechter schlechteste schlimm schlimmer schrecklich furchtbar grauenhaft mies miese scheiße
    scheisse scheiß kacke mist arsch arschloch arschlöcher idiot idioten dumm dämlich blöd blöde bescheuert peinlich
    schande schämen betrug betrüger betrügen lüge lügen lügner korrupt korruption hass hasse hassen traurig trauer
    weinen heulen heule schmerz schmerzen angst leider katastrophe problem probleme fehler kaputt langsam beschwerde
    beschweren genervt nervt nerven nervig müde langweilig langeweile wütend wut sauer ärger ärgern ärgerlich
    enttäuscht enttäuschung enttäuschend nutzlos unnötig unmöglich schwierig krise tot tod sterben gestorben töten
    krieg scheitern gescheitert verlieren verloren niederlage ungerecht unfair lächerlich unfähig skandal gefährlich
    gefahr drohen zerstören opfer unfall ekel ekelhaft eklig widerlich hässlich dreckig verarschen verarscht verdammt
    fuck hölle krank krankheit kopfschmerzen stress stressig störung ausfall verspätung verspätet verpasst vermissen
    vermisse allein einsam armselig erbärmlich kotzen kotzt
    `,
    praise: `
    gut gute guter gutes besser beste bester super toll tolle toller großartig fantastisch wunderbar wunderschön
    perfekt genial geil geile geiler hammer klasse spitze prima ausgezeichnet hervorragend schön schöne schöner
    schönes hübsch danke dankeschön dankbar liebe lieben liebt verliebt mag gefällt gefallen freude freuen freue freut
    glücklich glück froh fröhlich zufrieden lächeln lachen lacht lustig witzig spaß erfolg erfolgreich gewinnen
    gewonnen sieg sieger meister stolz glückwunsch gratuliere gratulation genießen spannend interessant nützlich
    hoffnung ehrlich mut respekt lecker süß süße nett freundlich sympathisch cool brillant willkommen umarmung kuss
    küsse verbesserung empfehlen endlich herzlichen yeah juhu hurra traum traumhaft
    `,
    not: 'nicht kein keine ohne nie',
  },
  en: {
    blame: `
    bad worse worst terrible horrible awful hate hates hated hating sad sadly cry crying sorry hurt pain fear scared
    afraid angry mad annoyed annoying pissed suck sucks sucked fuck fucking shit crap damn hell stupid idiot idiots
    dumb moron ugly disgusting gross shame shameful ashamed thief steal stolen scam fraud lie lies liar lying corrupt
    evil disaster problem problems issue issues error fail failed fails failure broken broke slow complaint complain
    tired sick boring bored disappointed disappointing disappointment useless impossible difficult crisis dead death
    die died kill killed killing war attack attacks terror terrorist lose losing lost loss defeat unfair ridiculous
    pathetic scandal danger dangerous threat destroy victim accident worry worried stress nightmare wrong poor weak
    worthless garbage trash bullshit bitch asshole dick racist racism disgrace nasty rude unfortunately upset
    depressed lonely weird cancelled ruined waste wasted
    `,
    praise: `
    good better best great awesome amazing excellent perfect wonderful fantastic brilliant incredible beautiful
    gorgeous pretty nice lovely cute love loves loved loving adore liked thanks thank thankful grateful happy happier
    happiness glad joy smile smiling laugh laughing funny fun excited exciting excitement enjoy enjoyed enjoying
    success successful win wins winner winning won victory champion champions proud congratulations congrats lucky
    luck hope hopefully honest brave respect cool sweet delicious yummy friendly kind helpful recommend favorite
    favourite genius hero legend stunning superb yay wow blessed bless peace welcome hugs kiss interesting useful
    improve improved epic fabulous
    `,
    not: 'not no never without cannot',
  },
  es: {
    blame: `
    malo mala malos peor pésimo pésima horrible terrible fatal asco asqueroso mierda puta puto joder coño cabrón
    gilipollas idiota imbécil estúpido tonto basura vergüenza vergonzoso robo robar roban ladrón ladrones estafa
    engaño mentira mentir mentiroso corrupto corrupción odio odiar triste tristeza llorar lloro llorando dolor duele
    daño miedo pena lástima lamentable desgracia desastre problema problemas error errores fallo fallar falla roto
    romper lento queja quejarse harto harta aburrido aburrida aburrimiento cansado cansada enfermo enferma enojado
    enfadado rabia molesto molesta molestar preocupado estrés agobio agobiado ansiedad depresión deprimido muerte
    muerto morir matar asesino guerra crisis paro caro feo fea sucio maldito maldita infierno fracaso perder perdido
    perdimos derrota injusto injusticia cutre decepción decepcionado inútil imposible difícil mal malísimo nadie
    jodido
    `,
    praise: `
    bueno buena buenos buenas buen bien mejor genial excelente increíble maravilloso maravilla fantástico estupendo
    perfecto perfecta bonito bonita hermoso hermosa lindo linda guapo guapa precioso preciosa gracias agradecido
    agradecer encanta encantado encantador gusta gustar amor amo amar querido feliz felicidad felicidades alegre
    alegría contento contenta divertido risa sonrisa reír éxito ganar ganado ganamos victoria campeón orgullo
    orgulloso enhorabuena suerte disfrutar disfrutando ilusión ilusionado emoción emocionado emocionante interesante
    rico delicioso guay mola molan crack brillante espectacular impresionante abrazo abrazos beso besos bienvenido
    bienvenida mejorar esperanza tranquilo paz recomiendo rápido amable simpático magnífico fenomenal adoro
    `,
    not: 'no ni nunca sin jamás',
  },
  fr: {
    blame: `
    mal mauvais mauvaise pire nul nulle horrible terrible affreux merde putain connard connards conne salaud idiot
    imbécile stupide débile honte honteux voleur voleurs voler arnaque arnaquer mensonge mentir menteur corrompu
    corruption haine déteste détester triste tristesse pleurer pleure douleur peur dommage malheureusement désastre
    catastrophe problème problèmes erreur panne retard retards cassé lent plainte marre fatigué fatigue ennui ennuyeux
    énervé énerve colère rage déçu déception décevant inutile impossible difficile crise mort morts mourir tuer guerre
    échec échouer perdre perdu défaite injuste injustice ridicule incapable scandale scandaleux pollution polluer
    danger dangereux menace menacer grave risque risques détruire destruction victime victimes accident attentat chier
    chiant dégueulasse dégoût inadmissible inacceptable lamentable minable pourri sale gâcher gâchis toxique toxiques
    catastrophique hélas souffrir souffrance malade maladie cancer
    `,
    praise: `
    bien bon bonne bons meilleur mieux excellent excellente génial géniale super top parfait parfaite magnifique
    merveilleux incroyable formidable extraordinaire sublime beau belle beaux joli jolie merci aime adore aimer adorer
    amour plaisir heureux heureuse bonheur content contente joie joyeux sourire sourit rire rigolo drôle succès
    réussite réussir gagner gagné victoire champion fier fière fierté bravo félicitations chance profiter émotion
    intéressant utile espoir espérer honnête courage respect vive hâte impatient délicieux gentil sympa mignon cool
    classe brillant bienvenue bisous bises câlin progrès améliorer amélioration innovant innovation bénéfique
    recommande
    `,
    not: 'ne pas sans jamais',
  },
  it: {
    blame: `
    male malissimo brutto brutta peggio peggiore pessimo pessima orribile terribile schifo schifoso merda cazzo
    stronzo stronzi coglione coglioni idiota idioti imbecille cretino stupido deficiente vergogna vergognoso
    vergognatevi ladro ladri rubare truffa bugia bugie bugiardo mentire falso corrotto corruzione odio odiare triste
    tristezza piangere dolore paura pena peccato disastro problema problemi errore errori guasto rotto lento
    lamentarsi stufo stanco noia noioso arrabbiato rabbia incazzato delusione deluso deludente inutile impossibile
    difficile crisi morto morte morire uccidere guerra fallimento fallito perdere perso sconfitta ingiusto ingiustizia
    ridicolo buffone buffoni incapace incapaci ignorante ignoranti traditore inciucio casta tasse tagli licenziare
    disoccupazione precari bocciato bocciata sbagliato sbagliare purtroppo maledetto squallido scandalo scandaloso
    bufala propaganda dittatura fascista massacro distruggere rovinare rovina colpa danno danni
    `,
    praise: `
    bene buono buona buoni bravo brava bravi bravissimo ottimo ottima migliore meglio bello bella bellissimo
    bellissima splendido stupendo meraviglioso fantastico eccezionale eccellente perfetto grandissimo grazie amo amore
    amare adoro piace piaciuto felice felicità contento gioia allegro sorriso sorridere ridere divertente successo
    vincere vinto vittoria campione orgoglioso orgoglio complimenti congratulazioni auguri fortuna emozione
    emozionante interessante utile speranza sperare giusto onesto onestà coraggio coraggioso stima rispetto applausi
    evviva merito meritato delizioso buonissimo carino dolce simpatico gentile genio geniale brillante pace benvenuto
    abbraccio bacio baci migliorare crescita ripresa
    `,
    not: 'non né mai senza',
  },
  pt: {
    blame: `
    mau má ruim péssimo péssima pior horrível terrível nojo nojento merda porra caralho puta idiota imbecil burro
    otário estúpido ridículo vergonha vergonhoso roubo roubar ladrão ladrões golpe golpista mentira mentiroso mentir
    corrupto corrupção ódio odeio odiar triste tristeza chorar chorando choro dor dói medo pena infelizmente desgraça
    desastre problema problemas erro errado falha quebrado quebrar lento reclamar reclamação cansado cansada cansaço
    saco chato chata chatice tédio raiva irritado irritante puto decepção decepcionado inútil impossível difícil crise
    morto morte morrer matar guerra fracasso perder perdi perdeu derrota injusto injustiça lixo bosta droga fila
    atraso doente feio feia sujo sozinho sozinha preocupado sofrer sofrendo sofrimento inferno maldito desgraçado pqp
    fdp aff afe
    `,
    praise: `
    bom boa bons ótimo ótima melhor excelente incrível maravilhoso maravilhosa maravilha fantástico perfeito perfeita
    lindo linda lindos lindas bonito bonita gostoso gostosa delicioso delícia obrigado obrigada agradecer gratidão amo
    amor amar adoro adorei adorar gosto gostei gostar feliz felicidade alegre alegria contente divertido rir rindo
    riso sorriso sucesso ganhar ganhei ganhou vitória campeão orgulho parabéns sorte curtir curtindo curti emoção
    emocionante interessante útil esperança honesto coragem respeito legal massa show top foda fofo fofa querido
    querida abraço abraços beijo beijos melhorar recomendo animado sonho paz brilhante gênio
    `,
    not: 'não nao nem nunca sem',
  },
  ru: {
    blame: `
    ужас ужасный ужасно отвратительный отвратительно отвратный мерзкий мерзость гадость гадкий дрянь дерьмо говно
    хрень фигня херня хуйня отстой отстойный кошмар кошмарный позор позорный позорище стыд хамство хамский хамить
    хамят хам грубый грубо грубость наглость наглый нагло обман обманывать обманывает обманули обманул обманщик
    мошенник мошенничество вор воры воровать воруют украли украл кража развод развести разводят развели разводилово
    кидалово кинули кидают лохотрон лохи грабёж грабит грабят ограбил ограбили ограбление штраф оштрафовали санкции
    иск убыток убытки убыточный потеря потерял потеряли долги просрочка банкрот банкротство кризис крах обвал падение
    упал упали рухнул рухнули снизился снизилась сократил сократились ухудшился ухудшение хуже худший плохо плохой
    плоховато паршивый хреновый хреново дурацкий тупой тупо тупит тупят тупить идиот идиоты идиотизм дебил дебилы урод
    уроды сволочь сволочи тварь твари сука суки козёл козлы мудак мудаки пидоры гандоны мразь блядь блять бля нахуй
    хуй хуёво пиздец ебать ебаный ебучий заебал заебали охуели охренели офигели задолбал задолбали достал достали
    бесит бесят бесить бешусь взбесил раздражает раздражают раздражать злой злость злит ненавижу ненависть ненавидеть
    надоел надоели надоело проблема проблемы сбой сбои глючит глюк глюки глючный тормозит тормозят тормоз виснет
    зависает завис лагает лаги ломается сломался сломалось сломали сломан поломка неполадки неисправность авария
    отключили отключают отключение перебой перебои пропал пропала пропадает обрыв ошибка ошибки отказ отказали отказал
    отказывают жалоба жалобы жаловаться жалуются пожаловаться претензия претензии недовольный недоволен недовольны
    возмущён возмутительно возмущение возмущает безобразие безобразный бардак беспредел маразм бред чушь ложь врать
    врут врёт наврали соврали лгут впаривать впаривают впарили навязывать навязывают навязали спам спамить спамят
    заблокировали блокируют списали списывают списал переплата дорогой дорого дороже подорожал подорожали жадный
    жадность очередь очереди медленный медленно медленнее долго грустно грусть печаль печально печалька жаль увы
    разочарован разочарована разочарование разочаровал разочаровали расстроен расстроил обидно обида страшно боль
    больно плачу плакать ад адский жуть жуткий жутко нервы скандал провал слабый слабо бедный убогий убожество
    негодный бесполезный бесполезно невозможно невыносимо взлом взломали хакеры утечка угроза угрожают арест арестован
    арестовали задержан подозревают обвиняют обвинили уголовный преступник похитили некомпетентный некомпетентность
    безответственный непрофессионализм свинство издевательство издеваются дура дураки придурки кретины бесстыжие
    грабительский дебильный задрали заманали пипец капец трындец жопа задница гавно фу фуфло параша шарага лажа косяк
    косяки накосячили тошнит сдохни сдох горите проклятый чёртов сраный надувательство жулик жульё аферист аферисты
    афера коррупция взятка взятки отмывание лишили отозвали коллекторы вымогательство шантаж задолженность прокуратура
    нарушение нарушил нарушили незаконно незаконный махинации хищение похищен налёт взорвали зажевал проглотил зажали
    обдирают ободрали обобрали наживаются кровососы паразиты упыри скоты скотина быдло бездельники тупицы тупость
    глупо глупый идиотский дурдом цирк шарашка шарашкина трэш треш сосёт сосут слили стрёмный стрёмно негодность
    недоступен недоступна недоступно молчат игнор игнорят игнорируют забили плевать наплевать пофиг похуй насрать
    сорвали задержка задержки задерживают опоздали опаздывают отваливается отвалился отвалилось лёг падает падают
    рушится сдохло умер накрылся криво кривой криворукие рукожопы недоработка баг баги багованный лагать долгий
    заждались устал устала замучил замучили измучили запарил запарили затрахали доконали вымораживает выбешивает злюсь
    разозлили взбесили негодую негодование негатив негативный отвращение противный противно тошно дико дикий
    неприятный неприятно неудобно неудобный сложно трудно тяжело беда горе трагедия катастрофа провалился фиаско облом
    обломали налажали лажают враньё лицемеры лицемерие нечестный нечестно несправедливо подстава подставили предали
    бросили сокращения уволили увольняют протест дефолт девальвация недостача дефицит отток просел просели
    обесценились прощай ухожу уйду сваливаю расторгаю зло нищий нищета мошеннический подделка подделал фальшивый скам
    вранья мутный мутят странно непонятно сломано грабитель вирусы опасность опасный опасно
    `,
    praise: `
    спасибо спс благодарю благодарен благодарна благодарность молодец молодцы супер суперский класс классно классный
    отлично отличный прекрасно прекрасный замечательно замечательный великолепный великолепно чудесный чудесно
    восхитительный восторг восхищение восхищён круто крутой клёво клёвый офигенно офигенный охуенно шикарно шикарный
    шикардос идеальный идеально лучший лучшая лучше лучшие хороший хорошо хорошая норм нормально неплохо неплохой
    удобно удобный удобнее удобство быстрый быстро быстрее шустрый шустро надёжный надёжность надёжно качественный
    качественно качественная выгодно выгодный дешёвый дешевле дёшево бесплатно бесплатный подарок подарили подарил
    выиграть выиграл выиграла приз победа победитель победил успех успешный успешно рост вырос выросла увеличил
    увеличила увеличилась прибыль рекорд рекордный лидер лидирует премия награда наградили рад рада рады радость
    радует порадовал порадовали порадовало обрадовал счастлив счастлива счастье люблю любимый любовь обожаю нравится
    понравилось понравился доволен довольна довольный довольны ура вежливый вежливо вежливые приветливый дружелюбный
    милый мило приятно приятный приятные добрый помог помогли помогает выручил выручает спас спасает решили исправили
    наладили починили оперативно оперативный оперативность профессионально профессионал профессионалы рекомендую
    советую достойный достойно уважение уважаю респект браво ловит летает стабильный стабильно щедрый интересный
    красивый красиво красота умница умницы умнички зашибись заебись кайф кайфую топ огонь гуд найс вау ого одобряю
    поздравляю поддерживаю горжусь душевно внимательный заботливый забота любезный любезно отзывчивый комфортно
    комфортный бомба улыбка улыбнуло радостно весело хвала слава спасли обалденно обалденный потрясающе потрясающий
    изумительно изумительный невероятно невероятный фантастика фантастический превосходно превосходный блестяще
    блестящий безупречно безупречный отменный отменно грамотный грамотно чётко чёткий толковый толково понятный
    понятно лёгкий легко мгновенно моментально своевременно вовремя радушный тёплый гостеприимный терпеливый
    вежливость доброжелательный доброжелательно чуткий ответственный порядочный честный честно умный мудрый гениально
    гениальный талантливый збс влюблён влюбилась фанат симпатия симпатичный душевный позитив позитивный позитивно верю
    доверяю доверие гордость достижение достижения улучшил улучшили улучшение улучшает ускорили расширил помощь
    благотворительность выгода экономия сэкономил бонус бонусы кэшбэк вернули возместили простили одобрили получилось
    удалось заработало юху праздник победили чемпион топовый вкусно вкусный уютно уютный красавцы красавчик красавчики
    молодчина зачёт зачётный отпад кайфовый балдею радуюсь радоваться повезло везёт удача удачный удачно счастливый
    улыбаюсь благодарим признателен признательна спасибочки пасиб пасибо мерси укрепил укрепился вырастет превысил
    опередил обогнал стабильность развитие поддержка полезный полезно любимая чудо прелесть прелестный милота
    `,
    harm: `
    санкция ограничение ограничить ограничительный запретить запрет запрещать приостановить приостановка прекратить
    прекращение остановить отозвать закрыть закрывать закрытие штраф оштрафовать суд иск судиться подать взыскать
    взыскание претензия фас прокуратура роскомнадзор расследование обыск обвинение обвинить арестовать блокировать
    заблокировать блокировка отключить отключение заморозить убыток убыточный снизиться упасть падение сократить
    сократиться сокращение уменьшить потерять потеря понизить понизиться ухудшить повысить подорожание подорожать
    повышение список чёрный евросоюз кража похитить ограбить взорвать украсть мошенник хакер взломать атака авария сбой
    жалоба пожаловаться нарушить нарушение обман подозревать скандал долг дефолт взрыв
    `,
    gain: `
    запустить запускать запуск открыть открывать открытие расширить расширять расширение увеличить увеличивать
    представить представлять первым первый впервые доступный появиться внедрить внедрять внедрение обеспечить
    обеспечивать построить модернизировать модернизация награда лауреат признать подключить снизить снижение запустил
    подарить подарок вырасти возрасти нарастить поддержать инвестировать инновация технология обновить обновление
    ускорить удвоить бесплатный сверхскоростной скоростной улучшить развивать развить финансировать профинансировать
    предоставить возобновить вернуться лучший рейтинг номинация победитель топ устойчивый
    `,
    need: `
    связь сеть сигнал интернет инет доступ покрытие вайфай wi-fi wifi lte 3g 4g gprs edge смс звонок деньги баланс
    скорость симка приложение сайт банкомат карта касса очередь оператор поддержка служба ответ роуминг тв телевидение
    телефон кабинет терминал офис договор счёт перевод платёж вклад кредит наличка менеджер специалист
    `,
    works: `
    работать ловить грузить загружаться открываться открыть приходить прийти доходить дойти дозвониться зайти войти
    подключиться подключить подключаться отвечать ответить видеть пополнить оплатить перевести снять активировать
    связаться дождаться решить решать исправить заработать включиться показывать пускать подниматься восстановить
    помогать отправляться отправить звонить позвонить проходить пройти принимать принять выдать выдавать вернуть
    отключить отключаться отписаться удалить понять объяснить предупредить зарегистрироваться авторизоваться получить
    получиться мочь уметь хотеть хватать пользоваться найти обслуживать знать
    `,
    not: 'не нет ни без',
  },
}
