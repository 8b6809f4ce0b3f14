// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/lesson_html.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>
#include <set>

#include "ui/base/frame_image.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"
#include "ui/learn/learn_model.h"
#include "ui/learn/mixture_html.h"
#include "ui/learn/mixture_stage.h"
#include "ui/steps/tile_style.h"
#include "ui/style/theme.h"

namespace p2l::ui {
namespace {

constexpr int kPlaneSide = 640, kPlaneText = 15;

QString dataUrl(const QImage& image) {
  if (image.isNull()) return {};
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "JPEG", 88);
  return QStringLiteral("data:image/jpeg;base64,") + QString::fromLatin1(bytes.toBase64());
}

QString escaped(const std::string& text) {
  return catalogueText(text).toHtmlEscaped();
}

/// Evenly spread over the run, the first and the last among them.
std::set<int> chosenSteps(const LearnModel& model) {
  std::set<int> steps;
  const auto& all = model.document()->steps().all();
  if (all.empty()) return steps;
  const int first = all.begin()->first, last = all.rbegin()->first;
  const int count = std::min(kHtmlSteps, static_cast<int>(all.size()));
  for (int i = 0; i < count; ++i) {
    const double at = count == 1 ? first : first + double(i) * (last - first) / (count - 1);
    if (const auto near = model.document()->steps().nearest(static_cast<int>(std::lround(at))))
      steps.insert(near->report.step);
  }
  return steps;
}

QJsonArray stepsOf(const LearnModel& model) {
  const auto* document = model.document();
  QJsonArray steps;
  for (const int step : chosenSteps(model)) {
    const auto snapshot = document->steps().at(step);
    const auto next = document->steps().at(step + 1);
    QJsonArray pictures;
    for (const auto& frame :
         {snapshot->noisy, snapshot->estimate, snapshot->gradient, snapshot->projected, snapshot->reencoded})
      pictures.append(dataUrl(imageFromFrame(frame)));
    const bool last = step == document->stepCount() && document->stepsAreOfResult();
    pictures.append(last   ? dataUrl(document->result()->picture)
                    : next ? dataUrl(imageFromFrame(next->noisy))
                           : QString());
    const auto& report = snapshot->report;
    const auto number = [](double value) { return numberOrDash(value, 2); };
    steps.append(QJsonObject{
        {QStringLiteral("text"),
         tr("step %1 of %2, t = %3; residual %4, projected %5, encoded again %6")
             .arg(report.step)
             .arg(report.steps)
             .arg(report.timestep)
             .arg(number(report.residual), number(report.residual_projected), number(report.residual_reencoded))},
        {QStringLiteral("pictures"), pictures}});
  }
  return steps;
}

QString questionsOf(const LearnModel& model) {
  QString html;
  const auto& questions = model.lesson()->questions;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const auto& question = questions[i];
    html += QStringLiteral("<section class=card><p><b>%1</b></p><ul>").arg(escaped(question.text));
    for (const auto& choice : question.choices) html += QStringLiteral("<li>%1</li>").arg(escaped(choice));
    const auto shown = model.revealOf(static_cast<int>(i));
    const auto answer = question.choices[static_cast<std::size_t>(question.answer)];
    html += QStringLiteral("</ul><details><summary>%1</summary><p><b>%2</b>. %3</p></details></section>")
                .arg(tr("See what came out"), escaped(answer), shown.toHtmlEscaped());
  }
  return html;
}

QString linesOf(const LearnModel& model, const QPalette& paper) {
  const auto& solver = model.solver();
  QString html = QStringLiteral("<h2>%1</h2><ol class=lines>").arg(escaped(solver.label));
  for (const auto& line : model.lines()) {
    html += QStringLiteral("<li data-picture=%1><span>%2</span> %3<br><small>%4</small></li>")
                .arg(static_cast<int>(line.picture))
                .arg(escaped(line.label), formulaHtml(line, solver.model_kind, paper), escaped(line.sentence));
  }
  return html + QStringLiteral("</ol>");
}

/// x and y for a from -1 to 1.
QJsonArray movesOf(const LearnModel& model) {
  constexpr int kHalf = 4;
  QJsonArray moves;
  const auto* found = model.nullSpace();
  for (int i = -kHalf; found != nullptr && i <= kHalf; ++i) {
    const double a = double(i) / kHalf;
    const auto picture = [&](const Image& at, const Image& unseen, const Image& seen) {
      return dataUrl(qimageFromImage(movedPicture(at, unseen, a, seen, 0.0)));
    };
    moves.append(QJsonObject{
        {QStringLiteral("text"), tr("a = %1: x has moved by %2, y by %3")
                                     .arg(withMinus(a, 'f', 2), numberText(std::abs(a) * found->moved_unseen, 2),
                                          numberText(std::abs(a) * found->changed_y_unseen, 2))},
        {QStringLiteral("pictures"), QJsonArray{picture(found->x, found->unseen, found->seen),
                                                picture(found->y, found->unseen_in_y, found->seen_in_y)}}});
  }
  return moves;
}

QString sliderHtml(const QString& title) {
  return QStringLiteral("<h2>%1</h2><input type=range id=step min=0 value=0 aria-label=\"%1\"><p id=text></p>")
      .arg(title);
}

QString tileHtml(int index, StepPicture colour, const QString& symbol, const QString& name) {
  return QStringLiteral(
             "<figure><figcaption style=\"background:%1\">%2 %3</figcaption><img id=p%4 alt=\"%3\"></figure>")
      .arg(tileColour(colour).name(), symbol, name.toHtmlEscaped())
      .arg(index);
}

QString moveTiles() {
  return sliderHtml(tr("Drag along what A destroys")) + QStringLiteral("<div class=tiles>") +
         tileHtml(0, StepPicture::Estimate, QStringLiteral("x′"), tr("the picture")) +
         tileHtml(1, StepPicture::Projected, QStringLiteral("y′"), tr("its measurement")) + QStringLiteral("</div>");
}

QString tilesOf(const LearnModel& model) {
  auto html = sliderHtml(tr("Step by step")) + QStringLiteral("<div class=tiles>");
  for (int i = 0; i < kStepPictures; ++i) {
    const auto which = static_cast<StepPicture>(i);
    html += tileHtml(i, which, symbolHtml(tileSymbol(which, model.solver().model_kind)), tileName(which));
  }
  return html + QStringLiteral("</div>");
}

QString planeOf(const LearnModel& model) {
  MixturePlane plane(&model);
  plane.setPalette(themePalette(Theme::Light));
  auto font = plane.font();
  font.setPixelSize(kPlaneText);
  plane.setFont(font);
  const auto ground = dataUrl(plane.ground(kPlaneSide));
  if (const auto* particles = model.particles()) return mixtureHtml(*particles, ground);
  return QStringLiteral("<div class=plane><img alt=\"%1\" src=\"%2\"></div>")
      .arg(tr("prior, measurement and posterior"), ground);
}

const char* const kHead = R"(<!doctype html>
<html lang="%2"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%1</title><style>
body{font:17px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
.card{border:1px solid #c9ced6;border-radius:8px;padding:.4rem 1rem;margin:1rem 0}
.tiles{display:grid;grid-template-columns:repeat(3,1fr);gap:8px}
figure{margin:0}figcaption{color:#fff;border-radius:4px 4px 0 0;padding:2px 8px;font-size:14px}
img{width:100%;display:block;min-height:2rem;background:#eceef1}
.lines{list-style:none;padding:0}.lines li{padding:3px 8px}.lines span{display:inline-block;min-width:1.6em}
small{color:#575e68}input[type=range]{width:100%}
.plane{position:relative;max-width:34rem}.plane canvas{position:absolute;left:0;top:0;width:100%}
.player{display:flex;gap:8px;max-width:34rem}.player button{width:3rem}
</style></head><body>
)";

const char* const kScript = R"(<script>
const steps=%1,slider=document.getElementById('step');
function show(){const s=steps[slider.value];document.getElementById('text').textContent=s.text;
s.pictures.forEach((p,i)=>{const e=document.getElementById('p'+i);if(p)e.src=p;else e.removeAttribute('src');});}
slider.max=steps.length-1;slider.value=%2;slider.addEventListener('input',show);show();
</script>)";

}  // namespace

QString lessonHtml(const LearnModel& model, const QList<LessonPicture>& pictures) {
  const auto& lesson = *model.lesson();
  const auto title = escaped(lesson.title);
  auto html =
      QString::fromUtf8(kHead).replace(QStringLiteral("%2"), textLanguage()).replace(QStringLiteral("%1"), title);
  html += QStringLiteral("<h1>%1</h1>").arg(title);
  for (const auto& paragraph : lesson.text) html += QStringLiteral("<p>%1</p>").arg(escaped(paragraph));
  for (const auto& each : pictures) {
    if (each.picture.isNull()) continue;
    html += QStringLiteral(
                "<figure style=\"max-width:30rem;margin:1rem 0\"><img alt=\"%1\" src=\"%2\"><small>%1</small></figure>")
                .arg(each.title.toHtmlEscaped(), dataUrl(each.picture));
  }
  if (lesson.stage == Lesson::Stage::Mixture) html += planeOf(model);
  html += questionsOf(model);
  const bool moves = lesson.stage == Lesson::Stage::NullSpace;
  if (!moves) html += linesOf(model, themePalette(Theme::Light));
  const auto steps = moves ? movesOf(model) : lesson.stage == Lesson::Stage::Steps ? stepsOf(model) : QJsonArray();
  if (!steps.isEmpty()) {
    html += moves ? moveTiles() : tilesOf(model);
    html += QString::fromUtf8(kScript)
                .replace(QStringLiteral("%2"), QString::number(moves ? steps.size() / 2 : 0))
                .replace(QStringLiteral("%1"), QString::fromUtf8(QJsonDocument(steps).toJson(QJsonDocument::Compact)));
  }
  html += QStringLiteral("<p><small>%1</small></p></body></html>\n")
              .arg(tr("Measured with P2L Studio %1; solver %2, %3, seed %4.")
                       .arg(QCoreApplication::applicationVersion(), escaped(model.solver().label),
                            QString::fromStdString(lesson.photo))
                       .arg(lesson.request.seed));
  return html;
}

}  // namespace p2l::ui
