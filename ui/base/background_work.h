// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>

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
    auto piece = pieceOf(std::move(work), std::move(done));
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(piece));
    }
    pool_.start([this] { runNext(); });
  }
  /// The same of work that nobody waits for: it begins after all other, and lets it pass on its way by letPass().
  template <class Work, class Done>
  void startLast(Work work, Done done) {
    constexpr int kLow = -1;
    pool_.start(pieceOf(std::move(work), std::move(done)), kLow);
  }
  /// Within startLast()'s work: does all that start() was asked for meanwhile.
  void letPass() {
    while (runNext()) {
    }
  }

  bool busy() const { return pending_ > 0; }
  /// Blocks until all work is done; the answers come later.
  void wait() { pool_.waitForDone(); }

 private:
  /// On this object's thread, which has its answer.
  template <class Work, class Done>
  std::function<void()> pieceOf(Work work, Done done) {
    using Value = std::invoke_result_t<Work>;
    ++pending_;
    return [this, work = std::move(work), done = std::move(done)] {
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
    };
  }
  /// @return whether there was one; it may have passed already
  bool runNext() {
    std::function<void()> piece;
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.empty()) return false;
      piece = std::move(waiting_.front());
      waiting_.pop_front();
    }
    piece();
    return true;
  }

  std::mutex mutex_;
  std::deque<std::function<void()>> waiting_;
  QThreadPool pool_;
  int pending_ = 0;
};

}  // namespace p2l::ui
