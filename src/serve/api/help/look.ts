/** How the public page looks: it travels inside the page, so that the first answer of the server is all that a phone waits for. */
export const helpLook = `
:root{color-scheme:light dark;--g:#fff;--g2:#f6f7f9;--l:#dfe1e6;--ls:#878c96;--t:#17181c;--t2:#50545d;--a:#2a56c6;--as:#e9effc;--on:#fff;--ok:#0a7570;--oks:#e2f4f2;--n:#bd3d0b;--m:#fdeeb0;--w:#fff7e0}
@media(prefers-color-scheme:dark){:root{--g:#121316;--g2:#1a1c20;--l:#2c3037;--ls:#747983;--t:#eceef1;--t2:#b1b6bf;--a:#8dabff;--as:#1d2a4a;--on:#0c1430;--ok:#45c4ba;--oks:#10332f;--n:#ff9166;--m:#554407;--w:#2f280f}}
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--g);color:var(--t);font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;overflow-wrap:break-word}
h1,h2,h3,p,ul,ol,form{margin:0;padding:0}ul{list-style:none}
a{color:var(--a);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--a);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--g);padding:8px}
.in{max-width:1040px;margin:0 auto;padding:0 16px}
header{background:var(--g2);border-bottom:1px solid var(--l)}
.top{display:flex;align-items:center;justify-content:space-between;gap:16px;min-height:56px}
.top a{font-weight:600;color:var(--t)}.top .feed{font-weight:400;font-size:14px;color:var(--t2)}
.hero{padding:24px 0 32px}.hero h1{font-size:28px;line-height:1.2}.hero p{margin-top:8px;color:var(--t2);max-width:60ch}
.find{display:flex;gap:8px;margin-top:20px;max-width:720px}
input,textarea{width:100%;font:inherit;font-weight:400;color:inherit;background:var(--g);border:1px solid var(--ls);border-radius:8px;padding:10px 12px}
::placeholder{color:var(--t2);opacity:1}
textarea{min-height:140px;resize:vertical}
button{font:inherit;font-weight:600;border:1px solid var(--a);background:var(--a);color:var(--on);border-radius:8px;padding:10px 18px;min-height:46px;cursor:pointer;white-space:nowrap}
button.soft{background:var(--g);color:var(--a)}button.plain{border:0;background:none;color:var(--t2);font-weight:400;padding:0 4px;text-decoration:underline}
.live{max-width:720px}.live:not(:empty){margin-top:12px;border:1px solid var(--l);border-radius:8px;background:var(--g);padding:12px 16px}
.live h2{font-size:14px;color:var(--t2);font-weight:600}
.near li{padding:10px 0;border-top:1px solid var(--l)}.near li:first-child{border:0}.near a{font-weight:600}
.near p{font-size:14px;color:var(--t2)}.near mark{background:var(--m);color:var(--t);border-radius:2px}.near .why{font-size:13px}
.ways{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin:24px 0 8px}
.ways a{display:flex;align-items:center;gap:10px;border:1px solid var(--l);border-radius:10px;padding:14px;color:var(--t);font-weight:600;background:var(--g);line-height:1.25}
.ways a:hover{border-color:var(--a);text-decoration:none}.ways svg{flex:none;width:24px;height:24px;stroke:var(--a);fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.two{display:grid;grid-template-columns:minmax(0,1fr) 280px;gap:40px;padding:16px 0 64px}.two.one{grid-template-columns:minmax(0,1fr)}
.one-column{max-width:752px;padding:24px 16px 64px}
h2{font-size:18px}.bar{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:baseline;margin:4px 0 8px;font-size:15px}
.bar a{padding:6px 0;color:var(--t2)}.bar a[aria-current]{color:var(--t);font-weight:600;box-shadow:0 2px var(--a)}.bar .push{margin-left:auto}
.topic{display:flex;gap:16px;padding:14px 0;border-top:1px solid var(--l)}.topic .n{flex:none;width:56px;height:56px;border:1px solid var(--l);border-radius:10px;text-align:center;font-weight:600;line-height:1.15;padding-top:9px;font-size:18px}
.topic .n small{display:block;font-size:11px;font-weight:400;color:var(--t2)}.topic h3{font-size:17px;line-height:1.35}.topic h3 a{color:var(--t)}
.topic p,.meta{font-size:14px;color:var(--t2)}.begin{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
.meta{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center;margin-top:6px}
.tag{font-size:13px;border-radius:5px;padding:1px 8px;background:var(--g2);border:1px solid var(--l);color:var(--t2)}.tag.ok{background:var(--oks);border-color:var(--ok);color:var(--ok)}.tag.plan{background:var(--as);border-color:var(--a);color:var(--a)}
.aside h2{padding-bottom:8px}.aside li{padding:8px 0;border-top:1px solid var(--l);font-size:15px}
.text{margin-top:12px}.text>*+*{margin-top:10px}.text ul,.text ol{padding-left:22px}.text ul{list-style:disc}.text pre{overflow-x:auto;background:var(--g2);padding:12px;border-radius:8px}.text table{border-collapse:collapse;display:block;overflow-x:auto}.text td,.text th{border:1px solid var(--l);padding:6px 10px;text-align:start}.text blockquote{margin:0;border-left:3px solid var(--l);padding-left:12px;color:var(--t2)}
article>h2{margin-top:28px;padding-bottom:8px}article h1,.one-column h1{font-size:26px;line-height:1.25;margin-top:10px}
.act{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;margin:20px 0}
.answer{border:1px solid var(--ok);background:var(--oks);border-radius:10px;padding:16px 20px;margin:24px 0}.answer h2{font-size:15px;color:var(--ok)}
.said{padding:16px 0;border-top:1px solid var(--l)}.said:target,.answer:target{outline:2px solid var(--a);outline-offset:4px;border-radius:6px}
.note{border-radius:8px;background:var(--as);padding:12px 16px;margin:16px 0}.note.warn{background:var(--w)}
.form{display:flex;flex-direction:column;gap:16px;margin-top:20px}.form label{display:block;font-weight:600}.form .hint{font-weight:400;font-size:14px;color:var(--t2);display:block}
.form .wrong{color:var(--n);font-size:14px;display:block}.form .pair{display:grid;grid-template-columns:1fr 1fr;gap:16px}.form input,.form textarea{margin-top:4px}
.t{position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden}
details{border:1px solid var(--l);border-radius:10px;padding:10px 16px;margin:12px 0}summary{cursor:pointer;font-weight:600;padding:4px 0}
.follow{display:flex;gap:8px;margin:10px 0 4px}.more{display:flex;justify-content:space-between;padding:16px 0}
@media(max-width:720px){body{font-size:16px}.hero{padding:16px 0 20px}.hero h1{font-size:24px}.ways{grid-template-columns:1fr 1fr;gap:8px}.ways a{padding:12px;font-size:15px}.two{grid-template-columns:minmax(0,1fr);gap:24px}.topic{gap:12px}.topic .n{width:48px;height:52px}.form .pair{grid-template-columns:1fr}.follow{flex-direction:column}.bar{flex-wrap:nowrap;overflow-x:auto;white-space:nowrap;scrollbar-width:none;padding-bottom:4px}.bar .push{margin-left:0}.answer{padding:14px 16px}}
`.trim()
