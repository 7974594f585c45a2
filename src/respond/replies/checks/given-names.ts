/** Whether people are called so: Маша, Anthony. Case and alphabet do not matter. */
export function isGivenName(word: string): boolean {
  return families.has(inLatin(word))
}

/** Whether both may be names of one person: Катя and Екатерина, Yulia and Юлия, Маш and Мария. Doubt is a yes. */
export function mayBeOnePerson(one: string, other: string): boolean {
  const [a, b] = [inLatin(one), inLatin(other)]
  const [mine, theirs] = [families.get(a), families.get(b)]
  if (mine && theirs) return [...mine].some((family) => theirs.has(family))
  const spellings = (name: string, of = families.get(name)) =>
    of ? [...of].flatMap((family) => names[family]!) : [name]
  return spellings(a).some((mine) => spellings(b).some((theirs) => endsDiffer(mine, theirs)))
}

/** What differs is a letter or two at the end: Тань and Таня; not Пётр and Петров. */
function endsDiffer(one: string, other: string): boolean {
  let same = 0
  while (same < one.length && one[same] === other[same]) same++
  return same >= 3 && Math.max(one.length, other.length) - same <= 1 + Number(one.length === other.length)
}

/**
 * By this, in Russian and English, people are called by their given names. Every line is one person's name with its short forms,
 * written down from common knowledge.
 */
const lines = `
александр александра саша саня санек шура сашенька алекс alexander alexandra alex sasha xander
алексей леша алеша лешенька aleksey alexey alexis
алена аленка алена alyona alena
алина алиночка alina
алла аллочка alla
альберт альбертик albert al bert
анастасия настя настенька ася anastasia nastya stacy
анатолий толя толик anatoly
ангелина геля лина angelina
андрей андрюша андрюха andrey andrei andrew andy drew
анжела анжелика angela angelica angie
анна аня анюта анечка нюра нюта anna anya ann anne annie hannah
антон антоша тоша anton anthony tony
антонина тоня antonina
арина ариша arina
аркадий аркаша arkady
арсений сеня арсюша arseny
артем тема артемий артемка artem artyom
артур arthur artur art
борис боря boris
вадим вадик vadim
валентин валентина валя valentin valentina val
валерий валера valery
валерия лера valeria lera valerie
варвара варя варенька barbara varvara
василий вася василек vasily vasiliy
василиса вася васёна vasilisa
вера верочка vera
вероника ника ronnie veronica veronika
виктор витя витек victor viktor vic
виктория вика victoria vika vicky tori
виталий виталик vitaly vitaliy
владимир вова володя вовочка vladimir vova volodya
владислав влад vladislav vlad
всеволод сева vsevolod
вячеслав слава славик vyacheslav slava
галина галя галочка galina galya
геннадий гена gennady
георгий гоша жора георг егор george georgy
герман герман german herman
глеб глебушка gleb
григорий гриша gregory grigory greg grisha
данил данила даниил даня daniel danil danila dan danny
дарья даша дарина дашенька daria darya dasha
денис дениска denis dennis
диана диана diana di diane
дмитрий дима димон митя димочка dmitry dmitriy dima mitya
ева евочка eva eve
евгений евгения женя женечка evgeny evgeniy eugene zhenya gene
екатерина катя катюша катерина катенька ekaterina catherine katherine kate katie katya kathy cathy kat
елена лена леночка алена олена elena lena helen helena
елизавета лиза лизонька elizaveta elizabeth liz lizzy liza beth betty eliza
жанна жанночка zhanna joanna jeanne
захар захарка zakhar
злата златочка zlata
зоя зоечка zoya zoe
иван ваня ванечка ivan vanya
игорь игорек igor
илья илюша илюха ilya elijah
инна инночка inna
ирина ира ириша ирочка irina ira irene
карина кариночка karina
кирилл кирюша кира kirill cyril
кира кирочка kira
константин костя костик konstantin constantine kostya
кристина кристи kristina christina christine chris kris tina
ксения оксана ксюша ксеня ksenia xenia oksana ksyusha
лариса лара лариса larisa lara
лев лева левушка lev leo leon
леонид леня leonid
лидия лида lidia lydia lida
лилия лиля lilia lily lilly
любовь люба любаша lyubov luba
людмила люда люся мила lyudmila ludmila luda mila
максим макс максимка maxim maksim max
маргарита рита марго margarita margaret rita maggie meg peggy
марина мариша мариночка marina
мария маша маруся машенька марья maria mary masha marie mariya
марк марик mark marcus
марта марточка martha marta
матвей мотя matvey matthew matt
милана миланочка milana
михаил миша мишаня мишенька mikhail michael misha mike mick
надежда надя наденька nadezhda nadia nadya
наталья наталия наташа ната natalia natalya natasha natalie nat
никита никитка nikita
николай коля nikolay nikolai nicholas nick kolya nicolas
нина ниночка nina
олег олежка oleg
олеся леся olesya lesya
ольга оля оленька olga olya
павел паша пашка pavel paul pasha
петр петя пётр petr pyotr peter pete
полина поля полиночка polina
раиса рая raisa
родион родя rodion
роза розочка rosa rose rosie
роман рома ромка roman roma
руслан русик ruslan rus
савелий сава savely
светлана света светик svetlana sveta
семен сеня semyon simon semen
сергей сережа серега серж sergey sergei serge seryozha
софья софия соня sofia sophia sonya sophie
станислав стас слава stanislav stas
степан степа stepan stephen steve steven stephan
таисия тая taisia
тамара тома tamara
татьяна таня танюша танечка tatiana tatyana tanya
тимофей тима тимоша timofey timothy tim
тимур тимурка timur
ульяна уля ulyana
федор федя fedor fyodor theodore ted
филипп филя philip phil filipp
эдуард эдик edward eduard ed eddie ted
эльвира эля elvira
эмма emma em
эрик erik eric
юлия юля юленька yulia julia julie yuliya jules
юрий юра yuri yury yuriy
яков яша yakov jacob jake
яна яночка yana jana
ярослав ярик слава yaroslav
азамат азат рустам ринат ильдар ильдус
айгуль гульнара гуля aigul gulnara
алия альфия aliya
ахмед ahmed ahmad
магомед мухаммед mohammed muhammad mohamed
aaron
abigail abby
adam
alan allan allen
alice алиса alisa
amanda mandy
amber
amelia amy эмилия
ashley
austin
ben benjamin benny
bill william will billy liam
brandon
brian bryan
bob robert rob bobby
carl карл karl
carol caroline carolyn
charles charlie chuck chas
chloe
chris christopher kit
claire clare
colin
craig
cynthia cindy
david dave
deborah debbie deb
donald don
donna
dorothy dot
douglas doug
dylan
emily em
ethan
evan
frances francis frank fran
gary
gavin
gerald gerry jerry
grace
graham
harold harry hal henry hank
heather
howard
hugh
ian
isabella isabel bella
jack john jon johnny jonathan jonny
james jim jimmy jamie
jane janet
jason
jean
jeffrey jeff geoffrey geoff
jennifer jen jenny
jessica jess jessie
joan
joe joseph joey
jordan
joshua josh
joyce
judith judy
justin
karen
keith
kelly
kenneth ken kenny
kevin
kimberly kim
kyle
larry lawrence laurence
laura lauren laurie
leslie lesley
linda
lisa
logan
louis lou louise
lucas luke lucy
madison
megan
melissa mel
michelle shelly
nancy
nathan nathaniel nate
neil
noah
olivia liv
oliver ollie
oscar
pamela pam
patricia pat patty trish
patrick paddy
rachel
ralph
raymond ray
rebecca becky
richard rick ricky dick rich
roger
ronald ron
roy
russell russ
ruth
ryan
samantha samuel sam
sandra sandy
sarah sara сара sally
scott
sean shaun shawn
sharon
sheila
shirley
stuart stewart
susan sue susie
teresa theresa terry
thomas tom tommy
tiffany
todd
tracy
tyler
vincent vince
virginia ginny
walter walt
wayne
wendy
zachary zach
`

const letters: { [letter: string]: string } = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l', м: 'm' },
  ...{ н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sch' },
  ...{ ъ: '', ы: 'i', ь: '', э: 'e', ю: 'iu', я: 'ia', ё: 'e', і: 'i', ї: 'i', є: 'e', ґ: 'g' },
  ...{ y: 'i', w: 'v', x: 'ks' },
}

// By family, and the families of a name: Саша is several people.
const names = lines
  .trim()
  .split('\n')
  .map((line) => line.split(' ').map(inLatin))
const families = new Map<string, Set<number>>()
for (const [family, spellings] of names.entries())
  for (const name of spellings) families.set(name, (families.get(name) ?? new Set()).add(family))

/** A name in one spelling of many: Юлия, Yulia and Julia are one. */
function inLatin(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<![еи])\p{M}/gu, '')
    .normalize('NFC')
    .replace(/kh/g, 'h')
    .replace(/(?<=[a-z])j/g, 'i')
    .replace(/[а-яёіїєґywx]/g, (letter) => letters[letter] ?? letter)
    .replace(/[^a-z]/g, '')
    .replace(/(.)\1+/g, '$1')
}
