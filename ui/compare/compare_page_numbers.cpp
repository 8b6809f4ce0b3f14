// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers in the page's tiles, of results, of an area and under the pointer, and the curves.
#include <QLabel>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/api/metric_weights.h"
#include "core/api/picture_metrics.h"
#include "ui/base/frame_image.h"
#include "ui/compare/compare_page.h"
#include "ui/curves/curves_plot.h"
#include "ui/language/numbers.h"
#include "ui/run/compare_timeline.h"

namespace p2l::ui {
namespace {

constexpr int kReferenceName = 90;  ///< pixels, of its name in the tiles of others

QRect scaledArea(const QRect& area, QSize from, QSize to) {
  if (from == to || from.isEmpty()) return area;
  const double x = static_cast<double>(to.width()) / from.width(), y = static_cast<double>(to.height()) / from.height();
  const QRectF scaled(area.x() * x, area.y() * y, area.width() * x, area.height() * y);
  return scaled.toAlignedRect();
}

/// Of the area of the truth, in every picture; -1: there is none.
std::vector<AreaStatistics> statisticsOf(const std::vector<ComparePicture>& tiles, int truth, int reference,
                                         const QRect& area) {
  const MeasuredPicture none;
  std::vector<AreaStatistics> all;
  for (const auto& tile : tiles) {
    const auto& picture = tile.picture;
    const auto place = scaledArea(area, truth >= 0 ? tiles[truth].picture.size() : picture.size(), picture.size());
    all.push_back(areaStatistics(picture, truth >= 0 ? tiles[truth].picture : none,
                                 reference >= 0 ? tiles[reference].picture : none, place));
  }
  return all;
}

/// NaN without weights, and where the pictures are too large or too small for the network.
double lpipsBetween(const Outcome& outcome, const Image& other) {
  Outcome pair;
  pair.picture = outcome.picture;
  pair.truth = other;
  pair.report.request.device = outcome.report.request.device;
  const auto folder = foundLpipsFolder();
  if (folder.empty()) return kUnknown;
  measureOrRemark(pair, folder);
  return pair.report.lpips();
}

}  // namespace

QString ComparePage::decibels(double psnr) {
  return tr("%1 dB").arg(std::isinf(psnr) ? QStringLiteral("∞") : numberText(psnr, 2));
}

QString ComparePage::detailOf(quint64 key, const RunReport& report) const {
  QStringList first, second;
  const auto add = [](QStringList& line, const char* name, double value) {
    if (std::isfinite(value)) line << QStringLiteral("%1 %2").arg(QLatin1String(name), numberText(value, 3));
  };
  const double psnr = report.metric("psnr"), reference = referencePsnr();
  if (std::isfinite(psnr)) first << decibels(psnr);
  if (const auto found = from_reference_.find(key);
      std::isnan(psnr) && found != from_reference_.end() && !std::isnan(found->second.psnr)) {
    first << tr("%1 from the reference").arg(decibels(found->second.psnr));
    add(first, "LPIPS", found->second.lpips);
    add(second, "SSIM", found->second.ssim);
  }
  add(first, "LPIPS", report.lpips());  // one: the table has both
  const bool same_settings = isFormer(key) == isFormer(reference_key_);
  if (std::isfinite(psnr) && std::isfinite(reference) && std::abs(psnr - reference) >= 0.005 && same_settings)
    first << tr("%1%2 vs %3")
                 .arg(psnr > reference ? QStringLiteral("+") : QStringLiteral("−"),
                      numberText(std::abs(psnr - reference), 2),
                      canvas_->fontMetrics().elidedText(nameOf(reference_key_), Qt::ElideRight, kReferenceName));
  add(second, "SSIM", report.metric("ssim"));
  if (const auto residual = residualText(report, 2, /*goal=*/true); !std::isfinite(psnr) && !residual.isEmpty())
    second << residual;
  QStringList lines;
  for (const auto& line : {first, second}) {
    if (!line.isEmpty()) lines << line.join(QStringLiteral(" · "));
  }
  return lines.join(QLatin1Char('\n'));
}

double ComparePage::referencePsnr() const {
  const int index = session_->indexOf(reference_key_);
  if (index >= 0 && session_->entries()[index].result)
    return session_->entries()[index].result->outcome.report.metric("psnr");
  const auto& references = session_->references();
  if (reference_key_ == kMeasurement) return references.psnr_measurement;
  if (reference_key_ == kPlain && references.plain) return references.plain->outcome.report.metric("psnr");
  if (reference_key_ == kBound && references.bound) return references.bound->outcome.report.metric("psnr");
  return kUnknown;
}

MeasuredPicture ComparePage::referencePicture() const {
  const auto of = [](const ResultPtr& result) {
    return result ? MeasuredPicture{result->picture, {result, &result->outcome.picture}} : MeasuredPicture();
  };
  const auto& references = session_->references();
  if (reference_key_ == kTruth) return {references.truth, nullptr};
  if (reference_key_ == kMeasurement) return {references.measurement, nullptr};
  if (reference_key_ == kPlain) return of(references.plain);
  if (reference_key_ == kBound) return of(references.bound);
  const int index = session_->indexOf(reference_key_);
  return index < 0 ? MeasuredPicture() : of(session_->entries()[index].result);
}

void ComparePage::measureFromReference() {
  const auto reference = referencePicture();
  auto of = QString::number(reference.shown.cacheKey());
  std::map<quint64, FromReference> numbers;
  std::vector<std::pair<quint64, ResultPtr>> pairs;
  for (const auto& entry : session_->entries()) {
    const bool same_settings = isFormer(entry.key) == isFormer(reference_key_);
    if (!entry.result || entry.key == reference_key_ || reference.shown.isNull() || !same_settings) continue;
    if (!std::isnan(entry.result->outcome.report.metric("psnr"))) continue;  // it is known of the truth
    const auto size = entry.result->picture.size();
    of += QStringLiteral(" %1:%2").arg(entry.key).arg(entry.result->picture.cacheKey());
    if (size == reference.size()) {
      pairs.emplace_back(entry.key, entry.result);
    } else {
      numbers[entry.key].problem =
          tr("The picture is %1 × %2 pixels and the reference %3 × %4: choose a reference of the same size.")
              .arg(size.width())
              .arg(size.height())
              .arg(reference.size().width())
              .arg(reference.size().height());
    }
  }
  if (of == from_reference_of_) return;
  const auto former = from_reference_of_.split(QLatin1Char(' ')), now = of.split(QLatin1Char(' '));
  const auto gone = std::erase_if(from_reference_, [&](const auto& number) {
    const auto begin = QStringLiteral("%1:").arg(number.first);
    const auto same = [&](const QString& pair) { return pair.startsWith(begin) && former.contains(pair); };
    return former.first() != now.first() || std::none_of(now.begin(), now.end(), same);
  });
  if (gone > 0) {  // of another reference or picture
    table_->setFromReference(from_reference_);
    showTilesSoon();
  }
  if (reference_work_.busy()) return;  // the newest follows
  from_reference_of_ = of;
  reference_work_.start(
      [reference, pairs, others = numbers] {
        auto numbers = others;
        if (pairs.empty()) return numbers;
        const auto other = reference.exact ? *reference.exact : imageFromQImage(reference.shown);
        for (const auto& [key, result] : pairs) {
          const auto found = metricsBetween(result->outcome.picture, other);
          numbers[key] = {found.at("psnr"), found.at("ssim"), lpipsBetween(result->outcome, other), {}};
        }
        return numbers;
      },
      [this](const std::map<quint64, FromReference>& found, const QString&) {
        from_reference_ = found;
        table_->setFromReference(found);
        measureFromReference();  // the reference may be another one by now
        showTilesSoon();
      });
}

void ComparePage::showArea() {
  const auto area = canvas_->area();
  if (area.isEmpty()) return area_box_->hide();
  if (area_work_.busy()) return area_soon_.start();  // the newest follows
  const auto& tiles = canvas_->pictures();
  const int reference = canvas_->reference(), truth = session_->references().truth_known ? tileOf(kTruth) : -1;
  std::vector<quint64> keys;
  for (const auto& tile : tiles) keys.push_back(tile.key);
  area_work_.start([tiles, truth, reference, area] { return statisticsOf(tiles, truth, reference, area); },
                   [this, keys, area](const std::vector<AreaStatistics>& found, const QString&) {
                     const auto& now = canvas_->pictures();
                     const bool same = std::equal(now.begin(), now.end(), keys.begin(), keys.end(),
                                                  [](const auto& tile, quint64 key) { return tile.key == key; });
                     if (same && found.size() == keys.size() && canvas_->area() == area) showAreaTexts(area, found);
                   });
}

void ComparePage::showAreaTexts(const QRect& area, const std::vector<AreaStatistics>& all) {
  QStringList texts, whole, parts;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& tile = canvas_->pictures()[i];
    const auto& found = all[i];
    if (tile.picture.shown.isNull()) {
      texts << QString();
      continue;
    }
    auto text = tile.is_map ? tr("mean %1 · σ %2 grey levels") : tr("mean %1 · σ %2");
    text = text.arg(numberText(found.mean, 1), numberText(found.deviation, 1));
    const bool own = tile.key != kTruth && tile.key != kMeasurement && (tile.key & kSpread) == 0;
    if (own && std::isfinite(found.psnr_truth)) {
      text = decibels(found.psnr_truth) + QStringLiteral(" · ") + text;
      parts << QStringLiteral("%1 %2").arg(nameOf(tile.key), decibels(found.psnr_truth));
    } else if (own && std::isfinite(found.psnr_reference) && tile.key != reference_key_) {
      text = tr("%1 from the reference").arg(decibels(found.psnr_reference)) + QStringLiteral(" · ") + text;
      parts << QStringLiteral("%1 %2").arg(nameOf(tile.key), decibels(found.psnr_reference));
    }
    texts << text;
    whole << QStringLiteral("%1 %2").arg(nameOf(tile.key), text);
  }
  canvas_->setAreaTexts(texts);
  if (!canvas_->hasRoomFor(texts)) parts = whole;  // small tiles have none of it, or cut it
  area_->setText(tr("In the dashed area (%1 × %2 px at %3, %4): %5")
                     .arg(area.width())
                     .arg(area.height())
                     .arg(area.x())
                     .arg(area.y())
                     .arg(parts.isEmpty() ? texts.join(QStringLiteral("; ")) : parts.join(QStringLiteral(", "))));
  area_box_->updateGeometry();  // its lines may be more or fewer
  area_box_->show();
}

void ComparePage::showPixel(QPoint pixel) {
  if (pixel.x() < 0) return timeline_->setText({});
  QStringList parts;
  QSize frame;
  for (const auto& tile : canvas_->pictures()) {
    if (tile.key != kMeasurement && frame.isEmpty()) frame = tile.picture.size();
  }
  for (int i = 0; i < canvas_->count(); ++i) {
    const auto& tile = canvas_->pictures()[i];
    const auto size = tile.picture.size();
    if (size.isEmpty() || frame.isEmpty()) continue;
    if (const auto number = canvas_->mapText(i, pixel); tile.is_map || !number.isEmpty()) {  // not its false colour
      const auto what = tile.is_map ? QStringLiteral("σ") : shortName(canvas_->differenceKind());
      if (!number.isEmpty()) parts << QStringLiteral("%1 %2 %3").arg(nameOf(tile.key), what, number);
      continue;
    }
    const QPoint place(pixel.x() * size.width() / frame.width(), pixel.y() * size.height() / frame.height());
    if (!QRect({0, 0}, size).contains(place)) continue;
    const auto value = tile.picture.shown.pixel(place);
    const auto name = tile.key == kMeasurement ? QStringLiteral("y") : nameOf(tile.key);
    parts << QStringLiteral("%1 %2 %3 %4").arg(name).arg(qRed(value)).arg(qGreen(value)).arg(qBlue(value));
  }
  timeline_->setText(
      QStringLiteral("(%1, %2): %3").arg(pixel.x()).arg(pixel.y()).arg(parts.join(QStringLiteral(" · "))));
}

void ComparePage::showCurves() {
  curves_->clearRuns();
  fetched_curves_.clear();
  for (const auto& entry : session_->entries()) addCurve(entry);
  showCursor();
}

void ComparePage::addCurve(const CompareEntry& entry) {
  const bool run = entry.kind == CompareEntry::Kind::Run || entry.kind == CompareEntry::Kind::Past;
  const bool at_work = entry.state == CompareEntry::State::Running;
  if (!run || (!entry.result && entry.last.step == 0 && !at_work)) return;
  const auto id = entry.run_id != 0 ? entry.run_id : (quint64{1} << 55) + entry.key;
  const auto noise = noise_levels_.find(entry.run_id);
  curves_->addRun(id, entry.label,
                  entry.result                   ? entry.result->outcome.report.noise_level
                  : noise == noise_levels_.end() ? kUnknown
                                                 : noise->second,
                  entry.colour, entry.shownLabel());
  if (entry.result) {
    for (const auto& report : entry.result->outcome.report.steps) curves_->appendStep(id, report);
  } else {
    for (const auto& [step, snapshot] : entry.evolution.all()) curves_->appendStep(id, snapshot->report);
  }
  if (entry.result && entry.run_id == 0) fetched_curves_[entry.key] = entry.result;
}

void ComparePage::addFetchedCurve(int index) {
  const auto& entry = session_->entries().at(index);
  if (!entry.result || entry.run_id != 0) return;  // one that runs here is followed step by step
  if (const auto shown = fetched_curves_.find(entry.key);
      shown != fetched_curves_.end() && shown->second == entry.result)
    return;
  addCurve(entry);
  showCursor();
}

std::vector<StepReport> ComparePage::longestSteps() const {
  std::vector<StepReport> longest;
  for (const auto& entry : session_->entries()) {
    std::vector<StepReport> steps;
    if (entry.result) steps = entry.result->outcome.report.steps;
    if (!entry.result) {
      for (const auto& [step, snapshot] : entry.evolution.all()) steps.push_back(snapshot->report);
    }
    if (steps.size() > longest.size()) longest = std::move(steps);
  }
  return longest;
}

void ComparePage::showCursor() {
  const auto steps = longestSteps();
  int shown = steps.empty() ? 0 : steps.front().step;
  for (const auto& report : steps) {
    if (timeline_->atEnd() || report.timestep >= timeline_->time()) shown = report.step;
  }
  curves_->setCursorStep(shown);
}

}  // namespace p2l::ui
