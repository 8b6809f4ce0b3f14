// SPDX-License-Identifier: GPL-3.0-or-later
// The page's tiles: which pictures, at which time. Their numbers are in compare_page_numbers.cpp.
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QRegularExpression>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/base/frame_image.h"
#include "ui/compare/compare_chips.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/compare_table.h"
#include "ui/document/run_model.h"
#include "ui/language/numbers.h"
#include "ui/run/compare_timeline.h"

namespace p2l::ui {
namespace {

std::shared_ptr<const Image> pictureOf(const ResultPtr& result) {
  if (!result || result->outcome.picture.empty()) return nullptr;
  return {result, &result->outcome.picture};
}

/// What a tile is called; `former`: what it shows is of other settings.
QString titled(const QString& name, bool former) {
  return former ? ComparePage::tr("%1, of other settings").arg(name) : name;
}

/// Whether the baseline is y at the full size, so that its numbers are y's, and not Telea's.
bool isOfMeasurement(const CompareReferences& references) {
  if (!references.plain) return false;
  return std::abs(references.plain->outcome.report.metric("psnr") - references.psnr_measurement) < 0.005;
}

/// A sentence of the core as a tile has it: "64 × 40" in place of "64 x 40", a part a line.
QString inLines(QString sentence) {
  static const QRegularExpression size(QStringLiteral("(\\d) x (?=\\d)"));
  return sentence.replace(size, QStringLiteral("\\1 × ")).replace(QStringLiteral("; "), QStringLiteral(";\n"));
}

/// The text with this part in one line.
QString unbroken(QString text, const QString& part) {
  return text.replace(part, QString(part).replace(QLatin1Char(' '), QChar(QChar::Nbsp)));
}

}  // namespace

QImage ComparePage::imageOf(quint64 key, const std::shared_ptr<const Frame>& frame) {
  auto& [known, image] = frames_[key];
  if (known != frame) {
    known = frame;
    image = imageFromFrame(frame);
  }
  return image;
}

SnapshotPtr ComparePage::stepAt(const CompareEntry& entry) const {
  const auto& all = entry.evolution.all();
  if (all.empty()) return nullptr;
  if (timeline_->atEnd()) return entry.result && !entry.isAtWork() ? nullptr : all.rbegin()->second;
  // The last one that was made by the time t.
  SnapshotPtr found = all.begin()->second;
  for (const auto& [step, snapshot] : all) {
    if (snapshot->report.timestep >= timeline_->time()) found = snapshot;
  }
  return found;
}

bool ComparePage::isFormer(quint64 key) const {
  if (key == kPlain) return session_->isReferenceFormer(ComparedRow::Kind::Plain);
  if (key == kBound) return session_->isReferenceFormer(ComparedRow::Kind::Bound);
  const int index = session_->indexOf(key);
  return index >= 0 && session_->isFormer(index);
}

ComparePicture ComparePage::tileFor(const CompareEntry& entry, int index) {
  ComparePicture tile;
  tile.key = entry.key;
  tile.title = titled(entry.shownLabel(), session_->isFormer(index));
  tile.colour = entryColour(entry, palette());  // as the chip and the curve; a light ring sets it off the caption
  if (const auto step = stepAt(entry)) {
    tile.picture.shown = imageOf(entry.key, step->estimate);
    const auto& report = step->report;
    QStringList parts;
    if (std::isfinite(report.psnr)) parts << decibels(report.psnr);
    parts << tr("step %1 of %2").arg(report.step).arg(entry.steps > 0 ? entry.steps : report.steps);
    tile.detail = parts.join(QStringLiteral(" · ")) +
                  tr("\nt = %1 · residual %2").arg(report.timestep).arg(numberText(report.residual, 2));
    return tile;
  }
  if (!entry.result) {
    using State = CompareEntry::State;
    tile.is_sentence = entry.state == State::Failed;
    tile.detail = tile.is_sentence                ? inLines(entry.problem)
                  : entry.state == State::Waiting ? tr("waiting")
                  : entry.state == State::Running ? tr("step %1 of %2").arg(entry.last.step).arg(entry.steps)
                                                  : tr("not run yet");
    return tile;
  }
  const auto& report = entry.result->outcome.report;
  tile.picture = {entry.result->picture, pictureOf(entry.result)};
  tile.detail = detailOf(entry.key, report);
  if (tile.detail.isEmpty()) {  // why there are no numbers
    tile.detail = inLines(entry.problem);
    tile.is_sentence = true;
  }
  if (!timeline_->atEnd()) {
    auto lines = tile.detail.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    lines.insert(tile.is_sentence || lines.isEmpty() ? 0 : 1, tr("the result, at every t"));
    tile.detail = lines.join(QLatin1Char('\n'));
  }
  if (entry.state == CompareEntry::State::Stopped) tile.title = tr("%1, stopped").arg(tile.title);
  return tile;
}

ComparePicture ComparePage::referenceTile(quint64 key, const QString& title, const QImage& image,
                                          const ResultPtr& result) const {
  ComparePicture tile;
  tile.key = key;
  tile.title = title;
  tile.picture = {image, pictureOf(result)};
  if (!result) return tile;
  const auto& report = result->outcome.report;
  tile.detail = detailOf(key, report);
  return tile;
}

std::shared_ptr<const Image> ComparePage::exactTruth() const {
  if (const auto& exact = session_->references().exact_truth) return exact;
  for (const auto& entry : session_->entries()) {
    if (entry.result && !entry.result->outcome.truth.empty()) return {entry.result, &entry.result->outcome.truth};
  }
  const auto& plain = session_->references().plain;
  if (plain && !plain->outcome.truth.empty()) return {plain, &plain->outcome.truth};
  return nullptr;
}

QString ComparePage::nameOf(quint64 key) const {
  if (key == kTruth) return session_->references().truth_known ? tr("Truth") : tr("Photo");
  if (key == kMeasurement) return tr("Measurement (y)");
  if (key == kPlain) return tr("Baseline");
  if (key == kBound) return tr("Autoencoder's bound");
  const int index = session_->indexOf(key & ~kSpread);
  if (index < 0) return {};
  const auto label = session_->entries()[index].shownLabel();
  return (key & kSpread) != 0 ? tr("Spread: %1").arg(label) : label;
}

void ComparePage::showTilesSoon() {
  if (!tiles_soon_.isActive()) tiles_soon_.start();
}

void ComparePage::showTiles() {
  const auto& references = session_->references();
  const auto& entries = session_->entries();
  std::vector<ComparePicture> tiles;
  const auto put = [&](ComparePicture tile) {
    if (!hidden_.contains(tile.key)) tiles.push_back(std::move(tile));
  };
  std::erase_if(frames_, [this](const auto& each) { return session_->indexOf(each.first) < 0; });  // they went
  QSize frame;
  QList<int> stops;
  for (const auto& entry : entries) {
    if (entry.result && frame.isEmpty()) frame = entry.result->picture.size();
    for (const auto& [step, snapshot] : entry.evolution.all()) {
      stops << snapshot->report.timestep;
      if (frame.isEmpty()) frame = QSize(snapshot->estimate->width, snapshot->estimate->height);
    }
  }
  if (references.truth_known) frame = references.truth.size();
  if (frame.isEmpty()) frame = references.truth.size();
  // Of an empty list there are the photo and its measurement: what everything is going to be compared on.
  const bool anything = !entries.empty(), plain_former = session_->isReferenceFormer(ComparedRow::Kind::Plain);
  if (!references.truth.isNull() && (references.truth_known || references.measurement.isNull())) {
    auto tile = referenceTile(kTruth, nameOf(kTruth), references.truth, nullptr);
    if (auto exact = exactTruth(); exact && references.truth.size() == QSize(exact->width, exact->height))
      tile.picture.exact = exact;
    put(std::move(tile));
  }
  if (!references.measurement.isNull()) {
    const auto& y = references.measurement;
    const auto title = tr("%1 · %2 × %3, true pixels").arg(nameOf(kMeasurement)).arg(y.width()).arg(y.height());
    auto tile = referenceTile(kMeasurement, title, y, nullptr);
    tile.true_pixels = true;
    RunReport report;
    report.metrics["psnr"] = references.psnr_measurement;
    report.metrics["ssim"] = references.ssim_measurement;
    if (!plain_former && isOfMeasurement(references)) {
      report.metrics["lpips_alex"] = references.plain->outcome.report.metric("lpips_alex");
      report.metrics["lpips_vgg"] = references.plain->outcome.report.metric("lpips_vgg");
    }
    if (!std::isnan(references.psnr_measurement)) tile.detail = detailOf(kMeasurement, report);
    put(std::move(tile));
  }
  if (anything && references.plain)
    put(referenceTile(kPlain, titled(tr("Baseline: %1").arg(references.plain_name), plain_former),
                      references.plain->picture, references.plain));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    put(tileFor(entries[i], static_cast<int>(i)));
    if (entries[i].spread.isNull()) continue;
    ComparePicture spread;
    spread.key = entries[i].key | kSpread;
    spread.title = titled(nameOf(spread.key), session_->isFormer(static_cast<int>(i)));
    spread.detail = unbroken(entries[i].spread_text, tr("%1 grey levels").arg(entries[i].spread_most, 0, 'f', 0));
    spread.picture.shown = entries[i].spread;
    spread.is_map = true;
    spread.map_most = entries[i].spread_most;
    spread.picture.map_numbers = entries[i].spread_values;
    put(std::move(spread));
  }
  if (anything && references.bound)
    put(referenceTile(kBound, titled(nameOf(kBound), session_->isReferenceFormer(ComparedRow::Kind::Bound)),
                      references.bound->picture, references.bound));
  std::sort(stops.begin(), stops.end(), std::greater<>());
  stops.erase(std::unique(stops.begin(), stops.end()), stops.end());
  timeline_->setStops(stops);
  timeline_->setEnabled(!stops.isEmpty());
  const auto known = [&](quint64 key) {
    return std::any_of(tiles.begin(), tiles.end(), [key](const auto& tile) { return tile.key == key; });
  };
  if (!anything || !known(reference_key_)) reference_chosen_ = false;
  if (!reference_chosen_) {
    reference_key_ = anything && known(kTruth) ? kTruth : 0;
    const bool truth = references.truth_known && reference_key_ == kTruth;
    if (anything && !truth && known(entries.front().key)) reference_key_ = entries.front().key;
  }
  invitation_->setVisible(!anything && !tiles.empty() && !showsLines());
  canvas_->setPictures(std::move(tiles), frame);
  canvas_->setReference(tileOf(reference_key_));
  fillReferences();
  measureFromReference();
  showCursor();
  showArea();
}

int ComparePage::tileOf(quint64 key) const {
  const auto& all = canvas_->pictures();
  const auto found = std::find_if(all.begin(), all.end(), [key](const auto& tile) { return tile.key == key; });
  return found == all.end() ? -1 : static_cast<int>(found - all.begin());
}

void ComparePage::chooseReference(quint64 key) {
  reference_key_ = key;
  reference_chosen_ = true;
  showTiles();
}

void ComparePage::fillReferences() {
  QList<quint64> keys;
  for (const auto& tile : canvas_->pictures()) {
    if ((tile.key & kSpread) == 0 && !session_->entries().empty()) keys << tile.key;
  }
  bool same = reference_->count() == keys.size();
  for (int i = 0; same && i < keys.size(); ++i)
    same = reference_->itemData(i).toULongLong() == keys[i] && reference_->itemText(i) == nameOf(keys[i]);
  if (!same) {
    reference_->clear();
    for (const auto key : keys) {
      reference_->addItem(nameOf(key), QVariant::fromValue(key));
      const auto tip = key == kBound ? nameOf(key) + QLatin1Char('\n') + CompareTable::boundHelp() : nameOf(key);
      reference_->setItemData(reference_->count() - 1, tip, Qt::ToolTipRole);
    }
  }
  reference_->setCurrentIndex(static_cast<int>(keys.indexOf(reference_key_)));
  reference_->setToolTip(
      QStringLiteral("%1\n%2").arg(tr("What the others are compared with"), reference_->currentText()).trimmed());
  reference_->setEnabled(!keys.isEmpty());
  reference_title_->setEnabled(!keys.isEmpty());
  const bool shown = !keys.isEmpty() && !showsLines();
  if (reference_->isHidden() == shown) showModeTools();
}

void ComparePage::fillTileMenu() {
  tile_menu_->clear();
  QList<quint64> keys{kTruth, kMeasurement, kPlain};
  for (const auto& entry : session_->entries()) {
    keys << entry.key;
    if (!entry.spread.isNull()) keys << (entry.key | kSpread);
  }
  keys << kBound;
  for (const auto key : keys) {
    auto* action = tile_menu_->addAction(nameOf(key));
    action->setCheckable(true);
    action->setChecked(!hidden_.contains(key));
    if (key == kBound) action->setToolTip(CompareTable::boundHelp());
    connect(action, &QAction::toggled, this, [this, key](bool shown) {
      shown ? static_cast<void>(hidden_.erase(key)) : static_cast<void>(hidden_.insert(key));
      showTiles();
    });
  }
}

}  // namespace p2l::ui
