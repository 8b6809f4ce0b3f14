// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_handovers.h"

#if defined(__SANITIZE_THREAD__)
#include <dlfcn.h>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QObject>
#include <QThread>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <utility>

// Of ThreadSanitizer's runtime; GCC 12 has no header of it.
extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);
void AnnotateIgnoreWritesBegin(const char* file, int line);
void AnnotateIgnoreWritesEnd(const char* file, int line);
}

namespace {

char queue;  ///< stands for all hand-overs

/// Qt's own function, which the one of this file hides.
template <class Function>
Function inQt(const char* symbol) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, symbol));
}

/// Of a thread of work, whose signals go into Qt's queue: Qt copies their arguments after the release below, so that
/// the reader's acquire does not cover the copy. No slot is called meanwhile: the program connects none directly there.
class CopyingArguments {
 public:
  CopyingArguments() {
    if (is_work_) AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
  }
  ~CopyingArguments() {
    if (is_work_) AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
  }
  CopyingArguments(const CopyingArguments&) = delete;
  CopyingArguments& operator=(const CopyingArguments&) = delete;

 private:
  const bool is_work_ =
      QCoreApplication::instance() != nullptr && QThread::currentThread() != QCoreApplication::instance()->thread();
};

}  // namespace

namespace p2l::support {
void qtHandoverTaken() {
  __tsan_acquire(&queue);
}
}  // namespace p2l::support

// The signals of our classes come here: moc calls it.
void QMetaObject::activate(QObject* sender, const QMetaObject* meta, int signal, void** arguments) {
  static const auto original =
      inQt<void (*)(QObject*, const QMetaObject*, int, void**)>("_ZN11QMetaObject8activateEP7QObjectPKS_iPPv");
  __tsan_release(&queue);
  const CopyingArguments copying;
  original(sender, meta, signal, arguments);
}

bool QMetaObject::invokeMethodImpl(QObject* object, QtPrivate::QSlotObjectBase* slot, Qt::ConnectionType type,
                                   void* result) {
  static const auto original = inQt<bool (*)(QObject*, QtPrivate::QSlotObjectBase*, Qt::ConnectionType, void*)>(
      "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
  __tsan_release(&queue);
  return original(object, slot, type, result);
}

void QThreadPool::start(std::function<void()> work, int priority) {
  static const auto original =
      inQt<void (*)(QThreadPool*, std::function<void()>, int)>("_ZN11QThreadPool5startESt8functionIFvvEEi");
  // Destroyed there by this code, not by Qt: the end of the work belongs to what is handed over, too.
  auto owned = std::make_shared<std::function<void()>>(std::move(work));
  std::function<void()> handed = [owned] {
    __tsan_acquire(&queue);
    (*owned)();
    *owned = nullptr;
    __tsan_release(&queue);
  };
  owned.reset();
  __tsan_release(&queue);
  original(this, std::move(handed), priority);
}

bool QThreadPool::waitForDone(int msecs) {
  static const auto original = inQt<bool (*)(QThreadPool*, int)>("_ZN11QThreadPool11waitForDoneEi");
  const bool done = original(this, msecs);
  __tsan_acquire(&queue);
  return done;
}

bool QThread::wait(QDeadlineTimer deadline) {
  static const auto original = inQt<bool (*)(QThread*, QDeadlineTimer)>("_ZN7QThread4waitE14QDeadlineTimer");
  const bool done = original(this, deadline);
  __tsan_acquire(&queue);
  return done;
}
#endif
