// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/studio_application.h"

#include <QThread>

#include "ui/widgets/message_bar.h"
#include "ui/window/main_window.h"

namespace p2l::app {

bool StudioApplication::notify(QObject* receiver, QEvent* event) {
  if (QThread::currentThread() != thread()) return QApplication::notify(receiver, event);
  try {
    const EventClock::Measurement measurement(clock_, receiver, event->type());
    return QApplication::notify(receiver, event);
  } catch (const std::exception& error) {
    qWarning("%s", error.what());
    if (window_ != nullptr) window_->messages()->showProblem(ui::MessageBar::Topic::Run, error.what());
    return false;
  }
}

}  // namespace p2l::app
