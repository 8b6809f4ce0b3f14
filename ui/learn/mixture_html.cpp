// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/mixture_html.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cmath>

#include "ui/language/words.h"
#include "ui/learn/mixture_stage.h"

namespace p2l::ui {
namespace {

/// Places are in thousandths of the plane's side, from its top left corner: x, y, x, y, ...
constexpr int kPlaces = 1000;

QJsonArray stepsOf(const MixtureParticles& particles) {
  const double reach = MixturePlane::kReach;
  const auto place = [](double share) { return static_cast<int>(std::lround(kPlaces * share)); };
  QJsonArray steps;
  for (std::size_t i = 0; i < particles.steps.size(); ++i) {
    QJsonArray places;
    for (const auto& x : particles.steps[i]) {
      places.append(place((x[0] + reach) / (2 * reach)));
      places.append(place((reach - x[1]) / (2 * reach)));
    }
    steps.append(QJsonObject{
        {QStringLiteral("text"), tr("%1 particles at t = %2").arg(particles.steps[i].size()).arg(particles.times[i])},
        {QStringLiteral("places"), places}});
  }
  return steps;
}

const char* const kPlane = R"(<h2>%1</h2>
<div class=plane><img alt="%2" src="%3"><canvas id=plane width=1000 height=1000></canvas></div>
<p class=player><button id=play type=button aria-label="%4">▶</button>
<input type=range id=step min=0 value=0 aria-label="%5"></p><p id=text></p>
)";

/// It begins at the end, so that the page says the same on paper.
const char* const kScript = R"(<script>
const steps=%1,slider=document.getElementById('step'),play=document.getElementById('play');
const plane=document.getElementById('plane'),ink=plane.getContext('2d');let timer=0;
function show(){const s=steps[slider.value];document.getElementById('text').textContent=s.text;
ink.clearRect(0,0,plane.width,plane.height);ink.fillStyle='#1b1f24';ink.strokeStyle='#fff';ink.lineWidth=2;
for(let i=0;i<s.places.length;i+=2){ink.beginPath();ink.arc(s.places[i],s.places[i+1],7,0,7);ink.fill();ink.stroke();}}
function stop(){clearInterval(timer);timer=0;play.textContent='▶';}
function next(){if(+slider.value>=steps.length-1)return stop();slider.value=+slider.value+1;show();}
function toggle(){if(timer)return stop();if(+slider.value>=steps.length-1)slider.value=0;show();
timer=setInterval(next,%2);play.textContent='❚❚';}
slider.max=steps.length-1;slider.value=steps.length-1;
slider.addEventListener('input',()=>{stop();show();});play.addEventListener('click',toggle);show();
</script>)";

}  // namespace

QString mixtureHtml(const MixtureParticles& particles, const QString& ground_url) {
  // The long texts last: they may hold a % of their own.
  auto html = QString::fromUtf8(kPlane)
                  .replace(QStringLiteral("%1"), tr("Particles from noise to result"))
                  .replace(QStringLiteral("%2"), tr("prior, measurement and posterior"))
                  .replace(QStringLiteral("%4"), tr("Play the particles, or pause"))
                  .replace(QStringLiteral("%5"), tr("Step of the particles"))
                  .replace(QStringLiteral("%3"), ground_url);
  return html + QString::fromUtf8(kScript)
                    .replace(QStringLiteral("%2"), QString::number(MixtureStage::kFrameMs))
                    .replace(QStringLiteral("%1"),
                             QString::fromUtf8(QJsonDocument(stepsOf(particles)).toJson(QJsonDocument::Compact)));
}

}  // namespace p2l::ui
