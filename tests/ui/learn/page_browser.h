// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace p2l::test {

/// Enough of a browser, for node, to run the script of an exported lesson and say what it shows: elements by their ids,
/// a canvas that notes circles, timers by hand.
inline const char* const kBrowser = R"(
const page = require('fs').readFileSync(process.argv[2], 'utf8');
const elements = {};
let circles = [], timer = null;
const ink = new Proxy({}, {
  get: (state, key) => key === 'clearRect' ? () => { circles = []; }
                     : key === 'arc' ? (x, y) => circles.push([x, y]) : () => {},
  set: () => true
});
const element = id => elements[id] ??= {
  value: 0, width: 1000, height: 1000, textContent: '', heard: {},
  addEventListener(name, listener) { this.heard[name] = listener; },
  removeAttribute() { delete this.src; },
  getContext: () => ink
};
globalThis.document = {getElementById: id => {
  if (!page.includes('id=' + id)) throw new Error('the page has no element ' + id);
  return element(id);
}};
globalThis.setInterval = listener => { timer = listener; return 1; };
globalThis.clearInterval = () => { timer = null; };
require('vm').runInThisContext(page.match(/<script>([\s\S]*)<\/script>/)[1]);
const slider = element('step'), found = {texts: [], pictures: [], frames: []};
for (let i = 0; i <= slider.max; ++i) {
  slider.value = i;
  slider.heard.input();
  found.texts.push(element('text').textContent);
  found.pictures.push(Object.values(elements).filter(each => (each.src ?? '').startsWith('data:')).length);
}
if (elements.play) {
  const press = () => element('play').heard.click();
  press();  // it is at its end: from the start
  for (found.frames.push(circles); timer && found.frames.length < 1000; ) {
    timer();
    if (timer) found.frames.push(circles);
  }
  found.playing = timer !== null;
  press();
  for (let i = 0; i < 3; ++i) timer();
  press();
  found.paused = timer === null ? +slider.value : -1;
}
console.log(JSON.stringify(found));
)";

}  // namespace p2l::test
