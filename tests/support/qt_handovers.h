// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEvent>
#include <QObject>

namespace p2l::support {

/// Qt is not built with ThreadSanitizer, which therefore takes every value that goes through its event queue or into
/// its thread pools for shared without order. qt_handovers.cpp stands before the four calls by which ours hand over,
/// and this one, made for every event that is delivered, is the other end. All hand-overs are one to it: that orders a
/// thread with those that it gets events from, and with nobody else. Without ThreadSanitizer both are empty.
#if defined(__SANITIZE_THREAD__)
void qtHandoverTaken();
#else
inline void qtHandoverTaken() {}
#endif

/// The application of a test whose threads hand over through Qt.
template <class Application>
class TellsOfHandovers : public Application {
 public:
  using Application::Application;
  bool notify(QObject* receiver, QEvent* event) override {
    qtHandoverTaken();
    return Application::notify(receiver, event);
  }
};

}  // namespace p2l::support
