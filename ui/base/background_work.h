// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <exception>
#include <memory>
#include <type_traits>

namespace p2l::ui {

/// Work away from the GUI thread, one piece after the other, with answers on the thread of this object. Its end waits
/// for the work that has begun, so that the work may refer to the owner; answers that come later are dropped.
class BackgroundWork : public QObject {
 public:
  explicit BackgroundWork(QObject* parent = nullptr) : QObject(parent) { pool_.setMaxThreadCount(1); }
  ~BackgroundWork() override { pool_.waitForDone(); }

  /// `work` returns a value, or throws; then `done` gets a value-initialised one and the sentence.
  template <class Work, class Done>
  void start(Work work, Done done) {
    using Value = std::invoke_result_t<Work>;
    ++pending_;
    pool_.start([this, work, done] {
      auto value = std::make_shared<Value>();
      QString problem;
      try {
        *value = work();
      } catch (const std::exception& error) {
        problem = QString::fromUtf8(error.what());
      }
      QMetaObject::invokeMethod(this, [this, value, problem, done] {
        --pending_;
        done(*value, problem);
      });
    });
  }

  bool busy() const { return pending_ > 0; }
  /// Blocks until all work is done; the answers come later.
  void wait() { pool_.waitForDone(); }

 private:
  QThreadPool pool_;
  int pending_ = 0;
};

}  // namespace p2l::ui
