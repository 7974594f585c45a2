/**
 * Regions by country and GeoNames admin1 code: the name Heed shows, then how people write it. Facts, written for Heed;
 * countries that are missing here have cities without regions.
 */
export const regions: { country: string; code: string; name: string; names: string[] }[] = `
RU 01 Adygea|Адыгея
RU 03 Altai Republic|Республика Алтай|Горный Алтай
RU 04 Altai Krai|Алтайский край|Алтай
RU 05 Amur Oblast|Амурская область
RU 06 Arkhangelsk Oblast|Архангельская область
RU 07 Astrakhan Oblast|Астраханская область
RU 08 Bashkortostan|Башкортостан|Башкирия|Bashkiria
RU 09 Belgorod Oblast|Белгородская область
RU 10 Bryansk Oblast|Брянская область
RU 11 Buryatia|Бурятия
RU 12 Chechnya|Чечня|Чеченская республика
RU 13 Chelyabinsk Oblast|Челябинская область
RU 15 Chukotka|Чукотка|Чукотский автономный округ
RU 16 Chuvashia|Чувашия
RU 17 Dagestan|Дагестан
RU 19 Ingushetia|Ингушетия
RU 20 Irkutsk Oblast|Иркутская область
RU 21 Ivanovo Oblast|Ивановская область
RU 22 Kabardino-Balkaria|Кабардино-Балкария
RU 23 Kaliningrad Oblast|Калининградская область
RU 24 Kalmykia|Калмыкия
RU 25 Kaluga Oblast|Калужская область
RU 27 Karachay-Cherkessia|Карачаево-Черкесия
RU 28 Karelia|Карелия
RU 29 Kemerovo Oblast|Кемеровская область|Кузбасс|Kuzbass
RU 30 Khabarovsk Krai|Хабаровский край
RU 31 Khakassia|Хакасия
RU 32 Khanty-Mansi Autonomous Okrug|ХМАО|Югра|Ханты-Мансийский автономный округ
RU 33 Kirov Oblast|Кировская область
RU 34 Komi|Республика Коми|Коми
RU 37 Kostroma Oblast|Костромская область
RU 38 Krasnodar Krai|Краснодарский край|Кубань|Kuban
RU 40 Kurgan Oblast|Курганская область
RU 41 Kursk Oblast|Курская область
RU 42 Leningrad Oblast|Ленинградская область|Ленобласть
RU 43 Lipetsk Oblast|Липецкая область
RU 44 Magadan Oblast|Магаданская область
RU 45 Mari El|Марий Эл
RU 46 Mordovia|Мордовия
RU 47 Moscow Oblast|Московская область|Подмосковье|Moscow Region
RU 48 Moscow|
RU 49 Murmansk Oblast|Мурманская область
RU 50 Nenets Autonomous Okrug|Ненецкий автономный округ
RU 51 Nizhny Novgorod Oblast|Нижегородская область
RU 52 Novgorod Oblast|Новгородская область
RU 53 Novosibirsk Oblast|Новосибирская область
RU 54 Omsk Oblast|Омская область
RU 55 Orenburg Oblast|Оренбургская область
RU 56 Oryol Oblast|Орловская область
RU 57 Penza Oblast|Пензенская область
RU 59 Primorsky Krai|Приморский край|Приморье
RU 60 Pskov Oblast|Псковская область
RU 61 Rostov Oblast|Ростовская область
RU 62 Ryazan Oblast|Рязанская область
RU 63 Yakutia|Якутия|Саха|Sakha
RU 64 Sakhalin Oblast|Сахалинская область|Сахалин|Sakhalin
RU 65 Samara Oblast|Самарская область
RU 66 Saint Petersburg|
RU 67 Saratov Oblast|Саратовская область
RU 68 North Ossetia|Северная Осетия
RU 69 Smolensk Oblast|Смоленская область
RU 70 Stavropol Krai|Ставропольский край|Ставрополье
RU 71 Sverdlovsk Oblast|Свердловская область
RU 72 Tambov Oblast|Тамбовская область
RU 73 Tatarstan|Татарстан
RU 75 Tomsk Oblast|Томская область
RU 76 Tula Oblast|Тульская область
RU 77 Tver Oblast|Тверская область
RU 78 Tyumen Oblast|Тюменская область
RU 79 Tuva|Тува|Тыва|Tyva
RU 80 Udmurtia|Удмуртия
RU 81 Ulyanovsk Oblast|Ульяновская область
RU 83 Vladimir Oblast|Владимирская область
RU 84 Volgograd Oblast|Волгоградская область
RU 85 Vologda Oblast|Вологодская область
RU 86 Voronezh Oblast|Воронежская область
RU 87 Yamalo-Nenets Autonomous Okrug|ЯНАО|Ямал|Ямало-Ненецкий автономный округ
RU 88 Yaroslavl Oblast|Ярославская область
RU 89 Jewish Autonomous Oblast|Еврейская автономная область
RU 90 Perm Krai|Пермский край
RU 91 Krasnoyarsk Krai|Красноярский край
RU 92 Kamchatka Krai|Камчатский край|Камчатка|Kamchatka
RU 93 Zabaykalsky Krai|Забайкальский край|Забайкалье
UA 01 Cherkasy Oblast|Черкаська область|Черкасская область
UA 02 Chernihiv Oblast|Чернігівська область|Черниговская область
UA 03 Chernivtsi Oblast|Чернівецька область|Черновицкая область|Буковина
UA 04 Dnipropetrovsk Oblast|Дніпропетровська область|Днепропетровская область
UA 05 Donetsk Oblast|Донецька область|Донецкая область
UA 06 Ivano-Frankivsk Oblast|Івано-Франківська область|Ивано-Франковская область
UA 07 Kharkiv Oblast|Харківська область|Харьковская область
UA 08 Kherson Oblast|Херсонська область|Херсонская область
UA 09 Khmelnytskyi Oblast|Хмельницька область|Хмельницкая область
UA 10 Kirovohrad Oblast|Кіровоградська область|Кировоградская область
UA 12 Kyiv|
UA 13 Kyiv Oblast|Київська область|Киевская область
UA 14 Luhansk Oblast|Луганська область|Луганская область
UA 15 Lviv Oblast|Львівська область|Львовская область
UA 16 Mykolaiv Oblast|Миколаївська область|Николаевская область
UA 17 Odesa Oblast|Одеська область|Одесская область
UA 18 Poltava Oblast|Полтавська область|Полтавская область
UA 19 Rivne Oblast|Рівненська область|Ровенская область
UA 21 Sumy Oblast|Сумська область|Сумская область
UA 22 Ternopil Oblast|Тернопільська область|Тернопольская область
UA 23 Vinnytsia Oblast|Вінницька область|Винницкая область
UA 24 Volyn Oblast|Волинська область|Волынская область
UA 25 Zakarpattia Oblast|Закарпатська область|Закарпатская область|Закарпаття|Закарпатье
UA 26 Zaporizhzhia Oblast|Запорізька область|Запорожская область
UA 27 Zhytomyr Oblast|Житомирська область|Житомирская область
KZ 01 Almaty Region|Алматинская область|Алматы облысы
KZ 02 Almaty|
KZ 03 Akmola Region|Акмолинская область|Ақмола облысы
KZ 04 Aktobe Region|Актюбинская область|Ақтөбе облысы
KZ 05 Astana|
KZ 06 Atyrau Region|Атырауская область|Атырау облысы
KZ 07 West Kazakhstan Region|Западно-Казахстанская область|ЗКО|Батыс Қазақстан облысы
KZ 09 Mangystau Region|Мангистауская область|Мангистау|Маңғыстау облысы|Маңғыстау
KZ 10 Turkistan Region|Туркестанская область|Түркістан облысы
KZ 11 Pavlodar Region|Павлодарская область|Павлодар облысы
KZ 12 Karaganda Region|Карагандинская область|Қарағанды облысы
KZ 13 Kostanay Region|Костанайская область|Қостанай облысы
KZ 14 Kyzylorda Region|Кызылординская область|Қызылорда облысы
KZ 15 East Kazakhstan Region|Восточно-Казахстанская область|ВКО|Шығыс Қазақстан облысы
KZ 16 North Kazakhstan Region|Северо-Казахстанская область|СКО|Солтүстік Қазақстан облысы
KZ 17 Jambyl Region|Жамбылская область|Жамбыл облысы
KZ 1537272 Shymkent|
BY 01 Brest Region|Брестская область|Брэсцкая вобласць
BY 02 Gomel Region|Гомельская область|Гомельская вобласць
BY 03 Grodno Region|Гродненская область|Гродзенская вобласць
BY 04 Minsk|
BY 05 Minsk Region|Минская область|Мінская вобласць
BY 06 Mogilev Region|Могилёвская область|Магілёўская вобласць
BY 07 Vitebsk Region|Витебская область|Віцебская вобласць
IT 01 Abruzzo|Абруццо
IT 02 Basilicata|Базиликата
IT 03 Calabria|Калабрия
IT 04 Campania|Кампания
IT 05 Emilia-Romagna|Emilia|Romagna
IT 06 Friuli-Venezia Giulia|Friuli
IT 07 Lazio|Лацио
IT 08 Liguria|Лигурия
IT 09 Lombardy|Lombardia|Ломбардия
IT 10 Marche|Марке
IT 11 Molise|Молизе
IT 12 Piedmont|Piemonte|Пьемонт
IT 13 Apulia|Puglia|Апулия
IT 14 Sardinia|Sardegna|Сардиния
IT 15 Sicily|Sicilia|Сицилия
IT 16 Tuscany|Toscana|Тоскана
IT 17 Trentino-Alto Adige|Trentino|Alto Adige
IT 18 Umbria|Умбрия
IT 19 Aosta Valley|Valle d'Aosta
IT 20 Veneto|Венето
GB ENG England|Англия|Inghilterra|Англія
GB SCT Scotland|Шотландия|Scozia|Шотландія
GB WLS Wales|Уэльс|Galles|Уельс
GB NIR Northern Ireland|Северная Ирландия
US AL Alabama|Алабама
US AK Alaska|Аляска
US AZ Arizona|Аризона
US AR Arkansas|Арканзас
US CA California|Калифорния|Cali|SoCal|NorCal
US CO Colorado|Колорадо
US CT Connecticut|Коннектикут
US DE Delaware|Делавэр
US DC Washington DC|Washington D.C.|District of Columbia|DMV
US FL Florida|Флорида
US GA Georgia|
US HI Hawaii|Гавайи
US ID Idaho|Айдахо
US IL Illinois|Иллинойс
US IN Indiana|Индиана
US IA Iowa|Айова
US KS Kansas|Канзас
US KY Kentucky|Кентукки
US LA Louisiana|Луизиана
US ME Maine|
US MD Maryland|Мэриленд
US MA Massachusetts|Массачусетс
US MI Michigan|Мичиган
US MN Minnesota|Миннесота
US MS Mississippi|Миссисипи
US MO Missouri|Миссури
US MT Montana|Монтана
US NE Nebraska|Небраска
US NV Nevada|Невада
US NH New Hampshire|Нью-Гэмпшир
US NJ New Jersey|Нью-Джерси|Jersey Shore
US NM New Mexico|Нью-Мексико
US NY New York State|Upstate New York|Long Island
US NC North Carolina|Северная Каролина
US ND North Dakota|Северная Дакота
US OH Ohio|Огайо
US OK Oklahoma|Оклахома
US OR Oregon|Орегон
US PA Pennsylvania|Пенсильвания
US RI Rhode Island|Род-Айленд
US SC South Carolina|Южная Каролина
US SD South Dakota|Южная Дакота
US TN Tennessee|Теннесси
US TX Texas|Техас
US UT Utah|Юта
US VT Vermont|Вермонт
US VA Virginia|Виргиния
US WA Washington State|
US WV West Virginia|Западная Виргиния
US WI Wisconsin|Висконсин
US WY Wyoming|Вайоминг
CA 01 Alberta|Альберта
CA 02 British Columbia|Британская Колумбия
CA 03 Manitoba|Манитоба
CA 04 New Brunswick|
CA 05 Newfoundland and Labrador|Newfoundland
CA 07 Nova Scotia|
CA 08 Ontario|Онтарио
CA 10 Quebec|Québec|Квебек
CA 11 Saskatchewan|Саскачеван
AU 02 New South Wales|NSW
AU 04 Queensland|Квинсленд
AU 05 South Australia|
AU 06 Tasmania|Тасмания
AU 07 Victoria State|
AU 08 Western Australia|
DE 02 Bavaria|Bayern|Бавария
DE 05 Hesse|Hessen
DE 07 North Rhine-Westphalia|NRW|Nordrhein-Westfalen
DE 13 Saxony|Sachsen|Саксония
ES 51 Andalusia|Andalucía|Андалусия
ES 56 Catalonia|Cataluña|Catalunya|Каталония
`
  .trim()
  .split('\n')
  .map((line) => {
    const [, country, code, rest] = /^(\S+) (\S+) (.*)$/.exec(line)!
    const [name, ...names] = rest!.split('|').filter((one) => one !== '')
    return { country: country!, code: code!, name: name!, names: [name!, ...names] }
  })
