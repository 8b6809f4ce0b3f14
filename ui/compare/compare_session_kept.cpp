// SPDX-License-Identifier: GPL-3.0-or-later
// The list as a text, for a session that ends unexpectedly.
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <array>
#include <utility>

#include "core/types/error.h"
#include "ui/base/run_keeper.h"
#include "ui/base/same_masks.h"
#include "ui/compare/compare_session.h"
#include "ui/document/run_model.h"

namespace p2l::ui {
namespace {

constexpr QLatin1String kSteps("steps"), kEntries("entries"), kKind("kind"), kLabel("label"), kHelp("help"),
    kColour("colour"), kGroup("group"), kChoice("choice"), kRequest("request"), kPast("past"), kFile("file"),
    kPresent("present"), kBound("bound");
/// As the page's field has it.
constexpr int kMostSteps = 1000;
constexpr std::array<const char*, 4> kKinds{"run", "past", "file", "mean"};  // as CompareEntry::Kind has them

/// The same but for the photo's name, which another session may have for a pasted one, and where values are from.
bool sameSettings(RestoreRequest one, RestoreRequest other) {
  for (auto* request : {&one, &other}) {
    request->photo.clear();
    request->preset.clear();
  }
  return jsonFromRequest(one) == jsonFromRequest(other);
}

}  // namespace

QString CompareSession::keptText() const {
  if (entries_.empty()) return {};
  QJsonArray list;
  for (const auto& entry : entries_) {
    QJsonObject json;
    json[kKind] = QLatin1String(kKinds[static_cast<std::size_t>(entry.kind)]);
    json[kLabel] = entry.label;
    json[kHelp] = entry.help;
    json[kColour] = entry.colour;
    json[kGroup] = entry.group;
    json[kChoice] = entry.choice.words;
    json[kRequest] = QString::fromStdString(jsonFromRequest(entry.request));
    const auto former = formers_.find(entry.key);  // until the run begins
    json[kPast] = QString::fromStdString(former == formers_.end() ? entry.past_id : former->second.entry.past_id);
    json[kFile] = entry.path;
    const int index = indexOf(entry.key);
    json[kPresent] = entry.kind == Kind::Run && entry.result && !isFormer(index);
    list.append(json);
  }
  const QJsonObject kept{{kSteps, steps_}, {kEntries, list}, {kBound, !bound_print_.isEmpty()}};
  return QString::fromUtf8(QJsonDocument(kept).toJson(QJsonDocument::Compact));
}

void CompareSession::bringBack(const QString& text) {
  const auto json = QJsonDocument::fromJson(text.toUtf8()).object();
  auto before = keptList();
  std::map<int, int> groups;
  std::map<quint64, bool> present;
  QStringList damaged;
  for (const auto& each : json[kEntries].toArray()) {
    const auto entry = each.toObject();
    try {
      present[bringBackEntry(entry, groups)] = entry[kPresent].toBool();
    } catch (const std::exception& error) {
      damaged << tr("%1 cannot be brought back: %2").arg(entry[kLabel].toString(), QString::fromUtf8(error.what()));
    }
  }
  if (!damaged.isEmpty()) emit failed(damaged.join(QLatin1Char('\n')));
  if (present.empty()) return;
  const int steps = std::exchange(steps_, std::clamp(json[kSteps].toInt(), 0, kMostSteps));
  addUndo(tr("bring back the comparison"), std::move(before), steps);
  emit listChanged();
  for (const auto& [key, is_present] : present) {
    const auto& entry = entries_.at(indexOf(key));
    if (entry.kind == Kind::File) judgeFile(key);
    if (entry.kind == Kind::Past) withPastRun(key, [this, key = key](const PastRun& run) { fetchPast(key, run); });
    if (entry.kind == Kind::Run) {
      withPastRun(
          key, [this, key = key, is_present = is_present](const PastRun& run) { fetchResult(key, run, is_present); });
    }
  }
  measurePlain();
  if (json[kBound].toBool() && document_->photo() != nullptr) measureBound();
  refresh();
}

quint64 CompareSession::bringBackEntry(const QJsonObject& json, std::map<int, int>& groups) {
  const auto* kind = std::find(kKinds.begin(), kKinds.end(), json[kKind].toString());
  require(kind != kKinds.end(), "it is of an unknown kind, ", json[kKind].toString().toStdString(), ".");
  const auto request = requestFromJson(json[kRequest].toString().toStdString());
  auto choice = choiceFromWords(catalogue_, base(), json[kChoice].toObject());
  const int colour = json[kColour].toInt();
  const bool taken = std::any_of(entries_.begin(), entries_.end(), [&](const auto& e) { return e.colour == colour; });
  auto& entry = append(static_cast<Kind>(kind - kKinds.begin()), json[kLabel].toString(), json[kHelp].toString());
  if (!taken) entry.colour = colour;
  if (const int group = json[kGroup].toInt(); group != 0) {
    if (!groups.contains(group)) groups[group] = ++newest_group_;
    entry.group = groups[group];
  }
  entry.request = request;
  entry.past_id = json[kPast].toString().toStdString();
  entry.path = json[kFile].toString();
  if (entry.kind != Kind::Run) return entry.key;
  if (!choice.possible) entry.problem = choice.help;
  entry.choice = std::move(choice);
  return entry.key;
}

void CompareSession::withPastRun(quint64 key, const std::function<void(const PastRun&)>& use) {
  const int index = indexOf(key);
  if (index < 0 || entries_[index].run_id != 0) return;  // it has gone, or runs by now
  auto& entry = entries_[index];
  const auto& past = document_->pastRuns();
  if (const int place = past.indexOf(entry.past_id); place >= 0) return use(past.all()[place]);
  if (entry.kind == Kind::Past) {
    entry.state = State::Failed;
    entry.problem = tr("It is not in the history any more.");
    emit entryChanged(index);
  }
  if (document_->history() == nullptr || entry.past_id.empty()) return;
  connect(
      document_->history(), &RunKeeper::loaded, this, [this, key, use] { withPastRun(key, use); },
      Qt::SingleShotConnection);  // it may still be read
}

void CompareSession::fetchResult(quint64 key, const PastRun& past, bool present) {
  document_->history()->fetch(past, [this, key, present](const PastRun& run, const QString&) {
    const int index = indexOf(key);
    if (index < 0 || !run.result || entries_[index].run_id != 0) return;
    auto& entry = entries_[index];
    const auto known = std::find_if(entries_.begin(), entries_.end(), [&](const auto& other) {
      return other.result && !other.past_id.empty() && other.past_id == entry.past_id;
    });
    takeResult(entry, known == entries_.end() ? run.result : known->result);  // equal runs have one
    const auto& outcome = entry.result->outcome;
    entry.measured = measuredOf(run.request, run.pictures, run.photo_sha256);
    if (!outcome.report.steps.empty()) {
      entry.last = outcome.report.steps.back();
      entry.steps = entry.last.steps;
    }
    keepGiven(key, run.pictures, run.photo);
    prints_[key] = QStringLiteral("former");
    try {
      const auto now = requestOf(entry);
      CompareEntry document;  // another photo may be open, and another mask painted, by now
      document.key = key;
      document.request = base();
      document.photo_sha256 = run.photo_sha256;
      const auto same = present && sameSettings(now, entry.request) ? hasPresentMeasurement(document) : false;
      RestoreRequest unused;
      if (!same.has_value())
        awaited_.push_back({key, fingerprint(now), run.pictures.mask, document_->pictures(unused).mask});
      else if (*same)
        prints_[key] = fingerprint(now);
    } catch (const std::exception&) {
      // With the present settings it cannot be made.
    }
    const int group = entry.group;
    emit entryChanged(index);
    emit keptChanged();  // without its result it was kept as one that is not present
    if (group != 0) joinSeeds(group);
  });
  fetchSteps(key, past);  // which take longer than the result
}

void CompareSession::masksFound() {
  std::erase_if(awaited_, [this](const Awaited& each) {
    const auto same = masks_->same(each.own, each.present);
    if (!same.has_value()) return false;
    const int index = indexOf(each.key);
    if (*same && index >= 0 && entries_[index].run_id == 0) prints_[each.key] = each.print;
    return true;
  });
  emit keptChanged();
  for (int i = 0; i < static_cast<int>(entries_.size()); ++i) emit entryChanged(i);
}

}  // namespace p2l::ui
