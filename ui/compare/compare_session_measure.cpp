// SPDX-License-Identifier: GPL-3.0-or-later
// What is measured beside the runs: the measurement itself, the plain picture, the bound, files, and means of seeds.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/api/files.h"
#include "core/api/measure.h"
#include "core/api/metric_weights.h"
#include "core/api/picture_metrics.h"
#include "ui/base/frame_image.h"
#include "ui/compare/compare_session.h"
#include "ui/document/run_model.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"
#include "ui/tiles/compare_difference.h"

namespace p2l::ui {
namespace {

constexpr int kGroups = 10;
constexpr double kBytes = 255.0;

/// Grey becomes RGB, and what alpha hides is not judged.
Image rgbImage(const Image& image) {
  if (image.channels == 3) return image;
  Image rgb(image.width, image.height, 3);
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      for (int c = 0; c < 3; ++c) rgb.at(x, y, c) = image.at(x, y, image.channels < 3 ? 0 : c);
    }
  }
  return rgb;
}

QImage heatFrom(const std::vector<float>& map, float most, int width, int height) {
  QImage heat(width, height, QImage::Format_RGB32);
  for (int y = 0; y < height; ++y) {
    auto* row = reinterpret_cast<QRgb*>(heat.scanLine(y));
    for (int x = 0; x < width; ++x) row[x] = heatColour(map[static_cast<std::size_t>(y) * width + x] / most);
  }
  return heat;
}

/// Root mean square over the colours of the difference, row by row.
std::vector<float> errorMap(const Image& picture, const Image& truth) {
  std::vector<float> map;
  map.reserve(static_cast<std::size_t>(picture.width) * picture.height);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      double sum = 0.0;
      for (int c = 0; c < 3; ++c) {
        const double difference = picture.at(x, y, c) - truth.at(x, y, c);
        sum += difference * difference;
      }
      map.push_back(static_cast<float>(std::sqrt(sum / 3.0)));
    }
  }
  return map;
}

std::optional<CompareTenths> tenthsOf(const std::vector<float>& spread, const Image& mean, const Image& truth) {
  if (truth.empty() || truth.width != mean.width || truth.height != mean.height) return {};
  auto groups = calibrationOf(spread, errorMap(mean, truth), kGroups);
  for (auto* group : {&groups.front(), &groups.back()}) {
    group->spread *= kBytes;
    group->error *= kBytes;
  }
  return CompareTenths{groups.front(), groups.back()};
}

QString spreadText(double most, int seeds, const std::optional<CompareTenths>& tenths) {
  const auto text = CompareSession::tr("Spread of %1 seeds, up to %2 grey levels.").arg(seeds).arg(most, 0, 'f', 0);
  if (!tenths) return text;
  const auto number = [](double value) { return numberText(value, 1); };
  return text + QLatin1Char('\n') +
         CompareSession::tr("Calibration, surest tenth of the pixels: spread %1, error %2.")
             .arg(number(tenths->surest.spread), number(tenths->surest.error)) +
         QLatin1Char('\n') +
         CompareSession::tr("Least sure tenth: spread %1, error %2.")
             .arg(number(tenths->least_sure.spread), number(tenths->least_sure.error));
}

/// A picture as a restoration of the measurement; what cannot be judged is shown all the same.
ResultPtr judged(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs, Image picture) {
  Outcome outcome;
  try {
    outcome = judge(catalogue, request, inputs, picture);
    if (!outcome.truth.empty()) measureOrRemark(outcome, foundLpipsFolder());
  } catch (const std::exception& error) {
    outcome = {};
    outcome.picture = std::move(picture);
    outcome.message = error.what();
  }
  outcome.status = Outcome::Status::Completed;
  return resultFromOutcome(std::move(outcome));
}

/// The picture that is had without a model, and what made it, as plainBaseline() names it.
struct Plain {
  ResultPtr result;
  std::string made_by;
};

constexpr const char* kAsMeasured = "as measured";

/// Not known of a run of the history that an earlier version has made, without values that its solver has now.
double knownEvaluations(const Catalogue& catalogue, const RestoreRequest& request) {
  try {
    return evaluationsOf(catalogue, request);
  } catch (const std::exception&) {
    return kUnknown;
  }
}

Plain plainOf(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs) {
  if (request.mode != Mode::Restore) {
    auto outcome = plainBaseline(catalogue, request, inputs);
    measureOrRemark(outcome, foundLpipsFolder());
    auto made_by = outcome.message;
    return {resultFromOutcome(std::move(outcome)), std::move(made_by)};
  }
  auto degraded = degrade(catalogue, request, inputs, /*with_telea=*/true);
  if (!degraded.telea.empty()) return {judged(catalogue, request, inputs, std::move(degraded.telea)), "Telea"};
  const auto &y = degraded.measurement, &plain = degraded.baseline;
  const bool enlarged = y.width != plain.width || y.height != plain.height;
  return {judged(catalogue, request, inputs, plain), enlarged ? "bicubic" : kAsMeasured};
}

}  // namespace

void CompareSession::showMeasurement() {
  const auto id = ++shown_id_;  // one of a former photo comes too late
  if (running_) return;
  const auto measured = document_->measured();
  const auto* photo = document_->photo();
  if (!measured || measured->outcome.measurement.empty() || photo == nullptr) {
    references_.truth = photo != nullptr ? photo->shown : QImage();
    references_.truth_known = false;
    references_.exact_truth = nullptr;
    references_.measurement = {};
    references_.psnr_measurement = references_.ssim_measurement = kUnknown;
    emit referencesChanged();
    return;
  }
  work_.start([measured] { return qimageFromImage(measured->outcome.measurement); },
              [this, id, measured](const QImage& picture, const QString&) {
                if (id != shown_id_ || running_) return;
                references_.measurement = picture;
                references_.psnr_measurement = measured->outcome.report.psnr_measurement;
                references_.ssim_measurement = measured->outcome.report.ssim_measurement;
                references_.truth_known = !measured->truth.isNull();
                references_.truth = document_->originalPicture();
                references_.exact_truth = nullptr;
                if (!measured->outcome.truth.empty()) references_.exact_truth = {measured, &measured->outcome.truth};
                emit referencesChanged();
              });
}

void CompareSession::measurePlain() {
  if (document_->photo() == nullptr) return;
  RestoreRequest request;
  const auto pictures = document_->pictures(request);
  const auto print = fingerprint(request, Of::Measurement);
  plain_stopped_ = false;
  if (std::exchange(plain_print_, print) == print) return;
  references_.plain.reset();
  ++plains_at_work_;
  emit referencesChanged();
  emit measuringChanged();
  work_.start([catalogue = std::make_shared<const Catalogue>(catalogue_), request,
               pictures] { return plainOf(*catalogue, request, inputsFromPictures(request, pictures)); },
              [this, print](const Plain& plain, const QString&) {
                --plains_at_work_;
                if (print == plain_print_ && plain.result) {
                  references_.plain = plain.result;
                  const bool as_measured = plain.made_by == kAsMeasured;
                  references_.plain_made_by = as_measured ? "the measurement" : plain.made_by;
                  references_.plain_name = as_measured ? tr("the measurement") : catalogueText(plain.made_by);
                  emit referencesChanged();
                }
                emit measuringChanged();
              });
}

void CompareSession::measureBound() {
  RestoreRequest request;
  const auto pictures = document_->pictures(request);
  const auto print = fingerprint(request, Of::Bound);
  const bool wanted = wantsBound();
  bound_stopped_ = false;
  if (wanted && bound_print_ == print) return;
  dropBound();
  bound_print_.clear();
  if (std::exchange(references_.bound, nullptr)) emit referencesChanged();
  if (!wanted) return;
  try {
    request = catalogue_.completeMeasurement(std::move(request));
  } catch (const std::exception& error) {
    emit failed(QString::fromUtf8(error.what()));
    return;
  }
  bound_print_ = print;
  SideRuns::Listener listener;
  listener.ended = [this, print](const ResultPtr& result, const QString&) {
    bound_run_ = 0;
    if (print != bound_print_) return;
    if (!result) bound_print_.clear();  // it is tried again with the next run
    references_.bound = result;
    emit referencesChanged();
    emit measuringChanged();
  };
  bound_run_ = runs_->add(request, pictures, std::move(listener), /*round_trip=*/true);
  emit measuringChanged();
}

void CompareSession::judgeFile(quint64 key) {
  const int place = indexOf(key);
  auto& judging = entries_.at(place);
  const auto path = judging.path.toStdString();
  RestoreRequest request;
  const auto pictures = document_->pictures(request);
  const bool measured = pictures.photo != nullptr;
  prints_.erase(key);  // without a measurement it is not judged yet
  if (measured) prints_[key] = fingerprint(request, Of::Measurement);
  const auto photo = document_->openedPhoto();
  judging.measured = measuredOf(request, pictures, photo ? photo->sha256 : std::string());
  judging.state = State::Waiting;
  judging.result.reset();
  judging.problem.clear();
  emit entryChanged(place);
  work_.start(
      [catalogue = std::make_shared<const Catalogue>(catalogue_), request, pictures, measured, path]() -> ResultPtr {
        auto image = rgbImage(readPhoto(path).image);
        if (measured) return judged(*catalogue, request, inputsFromPictures(request, pictures), std::move(image));
        Outcome outcome;
        outcome.picture = std::move(image);
        outcome.status = Outcome::Status::Completed;
        return resultFromOutcome(std::move(outcome));
      },
      [this, key](const ResultPtr& result, const QString& problem) {
        const int index = indexOf(key);
        if (index < 0) return;
        auto& entry = entries_[index];
        entry.result = result;
        entry.problem = result ? QString::fromStdString(result->outcome.message) : problem;
        entry.state = result ? State::Done : State::Failed;
        if (!entry.problem.isEmpty()) emit failed(tr("%1: %2").arg(entry.shownLabel(), entry.problem));
        emit entryChanged(index);
      });
}

QString CompareSession::meanLabel(int seeds) {
  return tr("Mean of %1 seeds").arg(seeds);
}

std::vector<ResultPtr> CompareSession::seedResults(int group) const {
  std::vector<ResultPtr> results;
  for (const auto& entry : entries_) {
    if (entry.kind != Kind::Run || entry.group != group) continue;
    if (entry.state != State::Done || !entry.result) return {};
    results.push_back(entry.result);
  }
  return results;
}

void CompareSession::joinSeeds(int group) {
  const int index = meanOf(group);
  const auto results = seedResults(group);
  if (index < 0 || results.size() < 2) return;  // all of them, or no mean
  const auto last = std::find_if(entries_.rbegin(), entries_.rend(), [group](const auto& entry) {
    return entry.kind == Kind::Run && entry.group == group;
  });
  const auto* given = givenOf(last->key);
  if (given == nullptr) return;
  entries_[index].state = State::Waiting;
  entries_[index].measured = last->measured;
  struct Joined {
    ResultPtr mean;
    QImage spread;
    double most = 0.0;
    std::shared_ptr<const std::vector<float>> values;
    std::optional<CompareTenths> tenths;
    QString text;
  };
  work_.start(
      [catalogue = std::make_shared<const Catalogue>(catalogue_), results, request = last->request, pictures = *given] {
        Spread spread;
        for (const auto& result : results) spread.add(rgbImage(result->outcome.picture));
        const auto deviation = spread.deviation();
        const auto mean = spread.mean();
        Joined joined;
        joined.mean = judged(*catalogue, request, inputsFromPictures(request, pictures), mean);
        const float most = std::max(1e-6f, *std::max_element(deviation.begin(), deviation.end()));
        joined.spread = heatFrom(deviation, most, mean.width, mean.height);
        joined.most = kBytes * most;
        joined.tenths = tenthsOf(deviation, mean, joined.mean->outcome.truth);
        joined.values = std::make_shared<const std::vector<float>>(deviation);
        joined.text = spreadText(joined.most, spread.count(), joined.tenths);
        return joined;
      },
      [this, key = entries_[index].key, group, results](const Joined& joined, const QString& problem) {
        const int place = indexOf(key);
        if (place < 0 || seedResults(group) != results) return;  // its runs are others, or are made anew
        auto& entry = entries_[place];
        entry.result = joined.mean;
        entry.spread = joined.spread;
        entry.spread_most = joined.most;
        entry.spread_values = joined.values;
        entry.tenths = joined.tenths;
        entry.spread_text = joined.text;
        entry.problem = problem;
        entry.state = joined.mean ? State::Done : State::Failed;
        emit listChanged();  // one more tile
      });
}

std::vector<ComparedRow> CompareSession::rows(std::vector<quint64>* keys, QStringList* names) const {
  std::vector<ComparedRow> rows;
  const auto put = [&](ComparedRow row, quint64 key, const QString& name) {
    rows.push_back(std::move(row));
    if (names != nullptr) *names << name;
    if (keys != nullptr) keys->push_back(key);
  };
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto& entry = entries_[i];
    ComparedRow row;
    row.label = entry.label.toStdString();
    auto name = entry.shownLabel();
    row.former = isFormer(static_cast<int>(i));
    row.measured = entry.measured;
    const bool run = entry.kind == Kind::Run || entry.kind == Kind::Past;
    row.kind = run ? ComparedRow::Kind::Run : ComparedRow::Kind::Picture;
    if (entry.result) {
      const auto& outcome = entry.result->outcome;
      if (outcome.status == Outcome::Status::Cancelled) {
        row.label += ", stopped";
        name = tr("%1, stopped").arg(name);
      }
      row.report = outcome.report;
    } else {
      if (entry.kind == Kind::File && entry.state == State::Failed) {
        row.label += ": cannot be read";
        name = tr("%1: cannot be read").arg(name);
      }
      row.report.request = entry.request;
      row.report.residual = entry.last.residual;
      row.report.metrics["psnr"] = entry.last.psnr;
      if (entry.last.step > 0) row.report.steps = {entry.last};
    }
    if (entry.tenths) {
      row.report.metrics["spread_surest"] = entry.tenths->surest.spread;
      row.report.metrics["error_surest"] = entry.tenths->surest.error;
      row.report.metrics["spread_least_sure"] = entry.tenths->least_sure.spread;
      row.report.metrics["error_least_sure"] = entry.tenths->least_sure.error;
    }
    if (run) row.evaluations = knownEvaluations(catalogue_, row.report.request);
    put(std::move(row), entry.key, name);
  }
  const auto reference = [&](const ResultPtr& result, ComparedRow::Kind kind, const std::string& label,
                             const QString& name) {
    if (!result) return;
    ComparedRow row;
    row.label = label;
    row.kind = kind;
    row.former = isReferenceFormer(kind);
    row.report = result->outcome.report;
    put(std::move(row), 0, name);
  };
  reference(references_.plain, ComparedRow::Kind::Plain, "Baseline: " + references_.plain_made_by,
            tr("Baseline: %1").arg(references_.plain_name));
  reference(references_.bound, ComparedRow::Kind::Bound, "Autoencoder's bound", tr("Autoencoder's bound"));
  return rows;
}

}  // namespace p2l::ui
