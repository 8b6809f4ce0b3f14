// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEvent>
#include <QStringList>

class QObject;

namespace p2l::app {

/// How long the GUI thread is kept by single events: a window that answers needs every one of them to be short.
class EventClock {
 public:
  struct Handling {
    double work_ms = 0.0;  ///< processor time of this thread
    double wall_ms = 0.0;  ///< with what the thread waited for, other programs included
    QString what;          ///< kind, receiver and work; the same of what was handled within it
  };

  /// Measures between construction and end; one within another is a part of it.
  class Measurement {
   public:
    Measurement(EventClock& clock, const QObject* receiver, QEvent::Type type);
    ~Measurement();
    Measurement(const Measurement&) = delete;
    Measurement& operator=(const Measurement&) = delete;

   private:
    EventClock& clock_;
    const char* receiver_;
    QEvent::Type type_;
    double work_begin_, wall_begin_;
  };

  /// The handling that took the most processor time since the last reset.
  const Handling& longest() const { return longest_; }
  int count() const { return count_; }
  void reset();

 private:
  int depth_ = 0;
  int count_ = 0;
  Handling longest_;
  QStringList parts_;  ///< of the handling that goes on
};

}  // namespace p2l::app
