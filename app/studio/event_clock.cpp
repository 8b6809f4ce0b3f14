// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/event_clock.h"

#include <QLoggingCategory>
#include <QMetaEnum>
#include <QObject>
#include <ctime>

namespace p2l::app {
namespace {

/// QT_LOGGING_RULES="p2l.events.debug=true" names each event that kept the window for longer than this.
constexpr double kLongMs = 10.0;
constexpr int kMostParts = 16;   ///< a dialog is one event for as long as it is open
constexpr double kPartMs = 0.3;  ///< what is handled within an event is named when it took so long
Q_LOGGING_CATEGORY(eventLog, "p2l.events", QtWarningMsg)

double milliseconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

QString textOf(double work_ms, const char* receiver, QEvent::Type type) {
  const char* kind = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
  return QStringLiteral("%1 of %2 %3 ms")
      .arg(QLatin1String(kind != nullptr ? kind : "Event"), QLatin1String(receiver))
      .arg(work_ms, 0, 'f', 1);
}

}  // namespace

EventClock::Measurement::Measurement(EventClock& clock, const QObject* receiver, QEvent::Type type)
    : clock_(clock),
      receiver_(receiver->metaObject()->className()),  // now: handling an event may end its receiver
      type_(type),
      work_begin_(milliseconds(CLOCK_THREAD_CPUTIME_ID)),
      wall_begin_(milliseconds(CLOCK_MONOTONIC)) {
  if (clock_.depth_++ == 0) clock_.parts_.clear();
}

EventClock::Measurement::~Measurement() {
  const double work_ms = milliseconds(CLOCK_THREAD_CPUTIME_ID) - work_begin_;
  const int depth = --clock_.depth_;
  if (depth == 1 && work_ms >= kPartMs && clock_.parts_.size() < kMostParts)
    clock_.parts_ << textOf(work_ms, receiver_, type_);
  if (depth > 0) return;
  ++clock_.count_;
  if (work_ms <= clock_.longest_.work_ms && work_ms <= kLongMs) return;
  auto what = textOf(work_ms, receiver_, type_);
  if (!clock_.parts_.isEmpty()) what += QStringLiteral(" (%1)").arg(clock_.parts_.join(QStringLiteral(", ")));
  const double wall_ms = milliseconds(CLOCK_MONOTONIC) - wall_begin_;
  if (work_ms > kLongMs) qCDebug(eventLog, "%s, %.1f ms on the clock", qPrintable(what), wall_ms);
  if (work_ms > clock_.longest_.work_ms) clock_.longest_ = {work_ms, wall_ms, what};
}

void EventClock::reset() {
  longest_ = {};
  count_ = 0;
}

}  // namespace p2l::app
