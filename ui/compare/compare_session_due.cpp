// SPDX-License-Identifier: GPL-3.0-or-later
// What of a comparison is due or of other settings, and how long and how much it takes.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/api/measuring_times.h"
#include "core/api/models.h"
#include "core/experiment/record.h"
#include "ui/base/same_masks.h"
#include "ui/compare/compare_session.h"
#include "ui/document/run_model.h"

namespace p2l::ui {

namespace {

/// The same shape, up to what a file rounds.
bool sameKernel(const std::shared_ptr<const Image>& one, const std::shared_ptr<const Image>& other) {
  if (!one || !other || one == other) return !one == !other;
  if (one->width != other->width || one->height != other->height || one->channels != other->channels) return false;
  const auto largest = [](const Image& image) {
    return image.pixels.empty() ? 0.0f : *std::max_element(image.pixels.begin(), image.pixels.end());
  };
  const float a = largest(*one), b = largest(*other);
  constexpr float kRounding = 1.0f / 128.0f;
  return std::equal(one->pixels.begin(), one->pixels.end(), other->pixels.begin(), other->pixels.end(),
                    [&](float l, float r) { return std::abs(l * b - r * a) <= kRounding * a * b; });
}

}  // namespace

RestoreRequest CompareSession::measurementPart(RestoreRequest request) const {
  request = p2l::requestOf(kAutoencoder, std::move(request));  // without a solver's part
  if (request.mode != Mode::Restore) return request;
  auto drawn = request;
  drawn.measurement_seed.reset();
  if (catalogue_.leftToChance(drawn).empty()) request.measurement_seed.reset();  // nothing of it is drawn
  return request;
}

QString CompareSession::fingerprint(RestoreRequest request, Of of) const {
  RestoreRequest unused;
  const auto pictures = document_->pictures(unused);
  request.preset.clear();  // the values count, not where they are from
  if (of == Of::Run) request.measurement_seed = request.measurement_seed.value_or(request.seed);  // as it is drawn
  if (of != Of::Run) request = measurementPart(std::move(request));
  if (of == Of::Measurement) {  // it is made without a model
    request.model.clear();
    request.model_options = {};
    request.device.clear();
    request.memory.clear();
  }
  return QString::fromStdString(jsonFromRequest(request)) + QString::number(pictures.mask.cacheKey()) +
         QString::number(reinterpret_cast<quintptr>(pictures.kernel.get())) +
         QString::number(reinterpret_cast<quintptr>(pictures.photo.get()));
}

std::string CompareSession::measurementText(const RestoreRequest& request) const {
  auto part = measurementPart(catalogue_.completeMeasurement(request));
  part.photo.clear();
  part.model.clear();
  part.model_options = {};
  part.device.clear();
  part.memory.clear();
  for (auto& each : part.degradations) {  // their pictures count, not their names
    if (!each.mask.empty()) each.mask = "given";
    if (!each.kernel.empty()) each.kernel = "given";
  }
  return jsonFromRequest(part);
}

std::string CompareSession::measuredOf(const RestoreRequest& request, const JobPictures& pictures,
                                       const std::string& photo_sha256) const {
  std::string text;
  try {
    text = measurementText(request);
  } catch (const std::exception&) {
    text = jsonFromRequest(request);  // of a degradation that is not known any more
  }
  return text + photo_sha256 + std::to_string(pictures.mask.cacheKey()) +
         std::to_string(reinterpret_cast<quintptr>(pictures.kernel.get()));
}

std::optional<bool> CompareSession::hasPresentMeasurement(const CompareEntry& entry) const {
  const auto photo = document_->openedPhoto();
  if (!photo || entry.photo_sha256.empty()) return !photo;
  if (entry.photo_sha256 != photo->sha256) return false;
  RestoreRequest present;
  const auto pictures = document_->pictures(present);
  if (measurementText(entry.request) != measurementText(present)) return false;
  const auto* given = givenOf(entry.key);
  const JobPictures none;
  const auto& own = given != nullptr ? *given : none;
  if (!sameKernel(own.kernel, pictures.kernel)) return false;
  return masks_->same(own.mask, pictures.mask);
}

bool CompareSession::isOfPresent(const CompareEntry& entry) const {
  const auto print = prints_.find(entry.key);
  if (print == prints_.end()) return false;
  return print->second ==
         (entry.kind == Kind::File ? fingerprint(base(), Of::Measurement) : fingerprint(requestOf(entry)));
}

bool CompareSession::isDue(int index) const {
  const auto& entry = entries_.at(index);
  const bool done = entry.state == State::Done;
  if (entry.kind == Kind::File) return document_->photo() != nullptr && done && !isOfPresent(entry);
  if (entry.kind != Kind::Run || entry.isAtWork() || !entry.choice.possible) return false;
  try {
    return !done || !isOfPresent(entry);
  } catch (const std::exception&) {
    return false;
  }
}

bool CompareSession::isFormer(int index) const {
  const auto& entry = entries_.at(index);
  if (entry.isAtWork() || (!entry.result && entry.last.step == 0)) return false;
  if (entry.kind == Kind::Mean) {
    for (int i = 0; i < static_cast<int>(entries_.size()); ++i) {
      const bool seed = entries_[i].kind == Kind::Run && entries_[i].group == entry.group;
      if (seed && (isFormer(i) || isDue(i))) return true;
    }
    return false;
  }
  if (entry.kind != Kind::Past && !prints_.contains(entry.key)) return false;
  try {
    return entry.kind == Kind::Past ? !hasPresentMeasurement(entry).value_or(true) : !isOfPresent(entry);
  } catch (const std::exception&) {
    return true;  // with the present settings it cannot be made
  }
}

bool CompareSession::isReferenceFormer(ComparedRow::Kind kind) const {
  if (kind == ComparedRow::Kind::Plain)
    return references_.plain && plain_print_ != fingerprint(base(), Of::Measurement);
  return kind == ComparedRow::Kind::Bound && references_.bound && bound_print_ != fingerprint(base(), Of::Bound);
}

int CompareSession::dueCount() const {
  int count = 0;
  for (int i = 0; i < static_cast<int>(entries_.size()); ++i) count += isDue(i) ? 1 : 0;
  return count;
}

int CompareSession::dueFiles() const {
  int count = 0;
  for (int i = 0; i < static_cast<int>(entries_.size()); ++i)
    count += entries_[i].kind == Kind::File && isDue(i) ? 1 : 0;
  return count;
}

void CompareSession::forecast() {
  const auto* photo = document_->photo();
  if (photo == nullptr) return;
  if (!entries_.empty() && document_->loaded().times.pixels > 0.0) document_->askMeasuringTimes();
  std::vector<std::pair<quint64, RestoreRequest>> requests;
  for (int i = 0; i < static_cast<int>(entries_.size()); ++i) {
    if (entries_[i].kind != Kind::Run || !isDue(i)) continue;
    try {
      requests.emplace_back(entries_[i].key, requestOf(entries_[i]));
    } catch (const std::exception&) {
      // It cannot be run with these settings: refresh() says why.
    }
  }
  struct Needs {
    quint64 key = 0;
    double seconds = 0.0, memory = 0.0;
  };
  const int width = photo->photo->image.width, height = photo->photo->image.height;
  work_.start(
      [catalogue = std::make_shared<const Catalogue>(catalogue_), requests, width, height,
       model = document_->loaded().timed, times = document_->loaded().times] {
        std::vector<Needs> all;
        for (const auto& [key, request] : requests) {
          Needs needs{key, 0.0, 0.0};
          try {
            needs.memory = estimateMemory(*catalogue, request, width, height).total();
            if (times.pixels > 0.0)
              needs.seconds = estimateTime(*catalogue, request, model, width, height, times).seconds;
          } catch (const std::exception&) {
            // Nothing is foretold; the run says what is wrong.
          }
          all.push_back(needs);
        }
        return all;
      },
      [this, id = ++forecast_id_](const std::vector<Needs>& all, const QString&) {
        if (id != forecast_id_) return;
        for (const auto& needs : all) {
          const int index = indexOf(needs.key);
          if (index < 0) continue;
          entries_[index].seconds = needs.seconds;
          entries_[index].memory = needs.memory;
        }
        emit forecastChanged();
      });
}

double CompareSession::dueSeconds() const {
  double sum = 0.0;
  const auto runs = runsToMake();
  for (const int run : runs) sum += std::max(0.0, entries_[run].seconds);
  if (!runs.empty() && sum <= 0.0) return 0.0;
  const bool bound_with_runs = !runs.empty() && wantsBound() && bound_print_ != fingerprint(base(), Of::Bound);
  if (bound_with_runs || isBoundDue()) sum += roundTripSeconds() + metricsSeconds();
  const bool plain_with_them = dueCount() > 0 && plain_print_ != fingerprint(base(), Of::Measurement);
  if (plain_with_them || isPlainDue()) sum += plainSeconds();
  const std::set<int> made(runs.begin(), runs.end());
  return sum + rowsSeconds([&](int index) {
           return made.contains(index) || (entries_[index].kind == Kind::File && isDue(index));
         });
}

double CompareSession::rowsSeconds(const std::function<bool(int index)>& counted) const {
  int rows = 0;
  std::set<int> groups;
  for (int i = 0; i < static_cast<int>(entries_.size()); ++i) {
    const auto& entry = entries_[i];
    if ((entry.kind != Kind::Run && entry.kind != Kind::File) || !counted(i)) continue;
    ++rows;
    if (meanOf(entry.group) >= 0) groups.insert(entry.group);
  }
  return metricsSeconds() * (rows + static_cast<int>(groups.size()));
}

double CompareSession::pixels() const {
  const auto size = document_->workingSize();
  const double scale = document_->outputScale();
  return size.width() * size.height() * scale * scale;
}

double CompareSession::metricsSeconds() const {
  if (base().mode != Mode::Demonstrate) return 0.0;
  return p2l::metricsSeconds(document_->loaded().measuring, pixels());
}

double CompareSession::plainSeconds() const {
  try {
    return p2l::plainSeconds(catalogue_, base(), document_->loaded().measuring, pixels());
  } catch (const std::exception&) {
    return 0.0;  // it cannot be made: a message says why
  }
}

bool CompareSession::isDueLonger() const {
  const auto runs = runsToMake();
  return std::any_of(runs.begin(), runs.end(), [this](int run) { return entries_[run].seconds <= 0.0; });
}

bool CompareSession::wantsBound() const {
  const auto request = base();
  const auto* model = catalogue_.model(request.model);
  return request.mode == Mode::Demonstrate && (model == nullptr || !model->isPixel());
}

double CompareSession::roundTripSeconds() const {
  const auto& times = document_->loaded().times;
  if (times.pixels <= 0.0 || !wantsBound()) return 0.0;
  return (times.encode + times.decode) * pixels() / times.pixels;
}

double CompareSession::dueMemory() const {
  double most = 0.0;
  for (const int run : runsToMake()) most = std::max(most, entries_[run].memory);
  return most;
}

double CompareSession::secondsLeft() const {
  const int running = current();
  double left = 0.0, pace = seconds_foreseen_ > 0.0 ? seconds_done_ / seconds_foreseen_ : 1.0, a_step = 0.0;
  if (running >= 0 && entries_[running].last.step > 0) {
    const auto& entry = entries_[running];
    a_step = entry.spent / entry.last.step;
    left = a_step * (entry.steps - entry.last.step);
    if (entry.seconds > 0.0) pace = a_step * entry.steps / entry.seconds;
  } else if (running >= 0) {
    left = entries_[running].seconds * pace;
  }
  for (const auto& entry : entries_) {
    if (entry.kind != Kind::Run || entry.state != State::Waiting || waitsForEqual(entry)) continue;
    left += entry.seconds > 0.0 ? entry.seconds * pace : a_step * entry.steps;
  }
  if (bound_run_ != 0) left += roundTripSeconds();
  if (left <= 0.0 && isLeftLonger()) return kUnknown;
  if (bound_run_ != 0) left += metricsSeconds();
  if (isPlainAtWork()) left += plainSeconds();
  return left +
         rowsSeconds([this](int index) { return entries_[index].isAtWork() && !waitsForEqual(entries_[index]); });
}

bool CompareSession::isLeftLonger() const {
  const int running = current();
  if (running >= 0 && entries_[running].last.step > 0) return false;  // the others are told by its steps
  return std::any_of(entries_.begin(), entries_.end(), [this](const auto& entry) {
    return entry.kind == Kind::Run && entry.isAtWork() && entry.seconds <= 0.0 && !waitsForEqual(entry);
  });
}

QString CompareSession::measuredNow() const {
  if (bound_run_ != 0) return tr("Autoencoder's bound");
  if (isPlainAtWork()) return tr("Baseline");
  const auto found = std::find_if(entries_.begin(), entries_.end(), [](const auto& entry) {
    return (entry.kind == Kind::File || entry.kind == Kind::Mean) && entry.isAtWork();
  });
  return found == entries_.end() ? QString() : found->shownLabel();
}

double CompareSession::secondsPerStep() const {
  const int running = current();
  if (running < 0 || entries_[running].last.step == 0) return kUnknown;
  return entries_[running].spent / entries_[running].last.step;
}

double CompareSession::share() const {
  double done = 0.0, all = 0.0;
  for (const auto& entry : entries_) {
    if (!begun_.contains(entry.key) || entry.steps == 0) continue;
    all += entry.steps;
    done += entry.isAtWork() ? entry.last.step : entry.steps;
  }
  return all > 0.0 ? done / all : 0.0;
}

}  // namespace p2l::ui
